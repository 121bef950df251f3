import { randomBytes } from 'node:crypto';
import type { AudioEnd, CallError, CallMessage, DeviceCall, DeviceCallEvents, MediaTrouble } from '../ports.ts';
import type { VoicePeer } from '../media/voice-peer.ts';
import { newSid } from '../sid.ts';
import type { DeviceSession } from './device-session.ts';

/** How long a call outlives its socket: the SDK announces at most 30 s of trying. */
const RESUME_MS = 35_000;

export interface EdgeCallOptions {
  callSid: string;
  identity: string;
  session: DeviceSession;
  peer: VoicePeer;
  /** Sent with `answer` until the browser has it; undefined when the browser answered our offer. */
  answerSdp?: string;
  /** The SDK's own name of an outgoing call, which it uses until it has been told ours. */
  temporarySid?: string;
  reconnectToken?: string;
  onOver: () => void;
}

/** A browser's leg: keyed by its SID and reconnect token, not by the socket, so that it survives a lost one. */
export class EdgeCall implements DeviceCall {
  readonly callSid: string;
  readonly identity: string;
  readonly reconnectToken: string;
  /** Passes audio to whichever peer holds the call now. */
  readonly audio: AudioEnd = { take: () => this.#peer.take(), give: (frame) => this.#peer.give(frame) };
  readonly #onOver: () => void;
  #session: DeviceSession | undefined;
  #peer: VoicePeer;
  #answerSdp: string | undefined;
  readonly #temporarySid: string | undefined;
  #toldSid: boolean;
  #answered: boolean;
  #over = false;
  #events: Partial<DeviceCallEvents> = {};
  #lost: NodeJS.Timeout | undefined;

  constructor(options: EdgeCallOptions) {
    this.callSid = options.callSid;
    this.identity = options.identity;
    this.reconnectToken = options.reconnectToken ?? randomBytes(16).toString('hex');
    this.#session = options.session;
    this.#answerSdp = options.answerSdp;
    this.#temporarySid = options.temporarySid;
    this.#toldSid = options.temporarySid === undefined;
    this.#answered = options.answerSdp === undefined;
    this.#onOver = options.onOver;
    this.#peer = options.peer;
    this.#hearDigits();
  }

  listen(events: Partial<DeviceCallEvents>): void {
    this.#events = events;
  }

  ringing(): void {
    if (this.#over || this.#answered) return;
    this.#toldSid = true;
    this.#session?.send('ringing', { callsid: this.callSid });
  }

  answer(): void {
    if (this.#over || this.#answered) return;
    this.#answered = true;
    this.#toldSid = true;
    this.#session?.send('answer', { callsid: this.callSid, sdp: this.#answerSdp, reconnect: this.reconnectToken });
  }

  hangUp(error?: CallError): void {
    if (this.#over) return;
    // Before it has been told our SID, the SDK knows the call by its own only.
    const callsid = this.#toldSid ? this.callSid : this.#temporarySid;
    this.#session?.send('hangup', { callsid, ...(error ? { error } : {}) });
    this.#end();
  }

  /** The leg broke at the edge: both the browser and the carrier are told. */
  fail(error: CallError): void {
    if (this.#over) return;
    this.hangUp(error);
    this.#events.hungUp?.();
  }

  sendMessage({ content, contentType, messageType }: CallMessage): void {
    if (this.#over) return;
    this.#session?.send('message', {
      callsid: this.callSid,
      content,
      contenttype: contentType,
      messagetype: messageType,
      voiceeventsid: newSid('KX'),
    });
  }

  /** Whether a session may act on this call under that name; the SDK's own may still be on its way when ours is sent. */
  isHeldBy(session: DeviceSession, sid: string): boolean {
    return !this.#over && this.#session === session && (sid === this.callSid || sid === this.#temporarySid);
  }

  deviceDigit(digit: string): void {
    this.#events.digit?.(digit);
  }

  deviceMessage(message: CallMessage): void {
    this.#events.message?.(message);
  }

  deviceHungUp(): void {
    if (this.#over) return;
    this.#end();
    this.#events.hungUp?.();
  }

  get isLost(): boolean {
    return this.#session === undefined;
  }

  /** The holder's socket is gone; an answered call waits for it to come back. */
  socketLost(session: DeviceSession): void {
    if (this.#over || this.#session !== session) return;
    this.#session = undefined;
    // Without the reconnect token, which comes with the answer, the SDK gives the call up.
    if (!this.#answered) return this.deviceHungUp();
    this.#lost = setTimeout(() => this.deviceHungUp(), RESUME_MS);
  }

  /** The same browser again, on a new socket or with a new token: its audio has gone on. */
  hold(session: DeviceSession): void {
    clearTimeout(this.#lost);
    this.#session = session;
  }

  /** Tells the browser that its call is still there. */
  confirm(): void {
    this.#session?.send('answer', { callsid: this.callSid, reconnect: this.reconnectToken });
  }

  /**
   * Another Device of the same person takes the call over; for the one that had it, it is over. False when the call
   * has ended meanwhile.
   */
  moveTo(session: DeviceSession, { peer, sdp }: { peer: VoicePeer; sdp: string }): boolean {
    if (this.#over) return false;
    clearTimeout(this.#lost);
    this.#session?.send('hangup', { callsid: this.callSid });
    this.#peer.close();
    this.#peer = peer;
    this.#hearDigits();
    this.#session = session;
    session.send('answer', { callsid: this.callSid, sdp, reconnect: this.reconnectToken });
    return true;
  }

  /** Which browser and ICE generation an SDP is of, as seen from this call. */
  compare(sdp: string): 'same' | 'restarted' | 'another browser' {
    return this.#peer.compare(sdp);
  }

  async restartIce(offer: string): Promise<void> {
    const sdp = await this.#peer.restart(offer);
    this.#session?.send('answer', { callsid: this.callSid, sdp, reconnect: this.reconnectToken });
  }

  trouble(what: MediaTrouble | null): void {
    this.#peer.trouble(what);
  }

  #hearDigits(): void {
    this.#peer.onDigit((digit) => this.#events.digit?.(digit));
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#lost);
    this.#peer.close();
    this.#onOver();
  }
}
