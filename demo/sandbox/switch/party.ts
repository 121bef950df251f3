import type { AudioEnd, CallError, CallMessage, DeviceCall, DeviceCallEvents } from '../ports.ts';

/** Whoever is at the outer end of a leg: a browser's Device, or a telephone. */
export interface Party {
  readonly audio: AudioEnd;
  /** A caller learns that the far end rings. */
  ringing(): void;
  /** A caller learns that the call is answered. */
  answer(): void;
  hangUp(error?: CallError): void;
  /** False when the party has no ear for keys, and must be played the tone. */
  hearDigit(digit: string): boolean;
  sendMessage(message: CallMessage): void;
  listen(events: Partial<DeviceCallEvents>): void;
}

export function deviceParty(call: DeviceCall): Party {
  return {
    audio: call.audio,
    ringing: () => call.ringing(),
    answer: () => call.answer(),
    hangUp: (error) => call.hangUp(error),
    hearDigit: () => false,
    sendMessage: (message) => call.sendMessage(message),
    listen: (events) => call.listen(events),
  };
}
