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
  #heard: Frame[] = [];
  #events: Partial<DeviceCallEvents> = {};

  /** `hz` is the tone it says all the time; 0 says nothing. */
  constructor(identity: string, hz: number, callSid: string = newSid('CA')) {
    this.identity = identity;
    this.callSid = callSid;
    const voice = hz > 0 ? tone(hz, 1000) : undefined;
    let at = 0;
    this.audio = {
      take: () => {
        const frame = voice?.subarray(at, at + FRAME_SAMPLES);
        at = (at + FRAME_SAMPLES) % 8000;
        return frame;
      },
      give: (frame) => void this.#heard.push(frame),
    };
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
