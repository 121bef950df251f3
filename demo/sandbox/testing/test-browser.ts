import { tone } from '../media/tones.ts';
import {
  FRAME_SAMPLES,
  type AudioEnd,
  type CallError,
  type CallMessage,
  type DeviceCall,
  type DeviceCallEvents,
  type Frame,
} from '../ports.ts';
import { newSid } from '../sid.ts';

/** A browser's call, without browser: says a tone, keeps what it hears and what it is told. */
export class TestBrowser implements DeviceCall {
  readonly callSid: string;
  readonly identity: string;
  readonly messages: CallMessage[] = [];
  readonly ended = Promise.withResolvers<CallError | undefined>();
  readonly rang = Promise.withResolvers<void>();
  readonly answered = Promise.withResolvers<void>();
  readonly audio: AudioEnd;
  isAnswered = false;
  isOver = false;
  error: CallError | undefined;
  #heard: Frame[] = [];
  #voice: Int16Array | undefined;
  #events: Partial<DeviceCallEvents> = {};

  constructor(identity: string, hz: number, callSid: string = newSid('CA')) {
    this.identity = identity;
    this.callSid = callSid;
    this.say(hz);
    let at = 0;
    this.audio = {
      take: () => {
        const frame = this.#voice?.subarray(at, at + FRAME_SAMPLES);
        at = (at + FRAME_SAMPLES) % 8000;
        return frame;
      },
      give: (frame) => void this.#heard.push(frame),
    };
  }

  /** From now on it says a tone; 0 says nothing. */
  say(hz: number): void {
    this.#voice = hz > 0 ? tone(hz, 1000) : undefined;
  }

  /** All that it has heard since the last time it was asked. */
  heard(): Int16Array {
    const frames = this.#heard;
    this.#heard = [];
    const samples = new Int16Array(frames.length * FRAME_SAMPLES);
    frames.forEach((frame, index) => samples.set(frame, index * FRAME_SAMPLES));
    return samples;
  }

  ringing(): void {
    this.rang.resolve();
  }

  answer(): void {
    this.isAnswered = true;
    this.answered.resolve();
  }

  hangUp(error?: CallError): void {
    this.isOver = true;
    this.error = error;
    this.ended.resolve(error);
  }

  sendMessage(message: CallMessage): void {
    this.messages.push(message);
  }

  listen(events: Partial<DeviceCallEvents>): void {
    this.#events = events;
  }

  press(digit: string): void {
    this.#events.digit?.(digit);
  }

  send(message: CallMessage): void {
    this.#events.message?.(message);
  }

  putDown(): void {
    this.isOver = true;
    this.#events.hungUp?.();
  }
}
