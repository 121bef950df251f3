import type { WebSocket } from 'ws';
import type { CallError } from '../ports.ts';
import type { Admission } from './access-token.ts';
import { parseFrame, type EdgeFrameType, type SdkFrame } from './wire.ts';

/** The SDK closes after 15 s of silence. */
const HEARTBEAT_MS = 5000;

export interface DeviceSessionOptions {
  /** Where its browser is met with audio. */
  mediaAddress: string;
  onFrame: (frame: SdkFrame) => Promise<void>;
  onGone: () => void;
  onError: (error: unknown) => void;
}

/** One socket of one Device: who it is, by its token, and whether calls may reach it. */
export class DeviceSession {
  readonly mediaAddress: string;
  readonly #socket: WebSocket;
  readonly #heartbeat: NodeJS.Timeout;
  #expiry: NodeJS.Timeout | undefined;
  admission: Admission | undefined;
  registered = false;
  /** Frames are dealt with one after the other: a hang-up right behind its invite finds the call. */
  #inOrder: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, { mediaAddress, onFrame, onGone, onError }: DeviceSessionOptions) {
    this.mediaAddress = mediaAddress;
    this.#socket = socket;
    const queue = (task: () => Promise<void> | void) => {
      this.#inOrder = this.#inOrder.then(task).catch(onError);
    };
    this.#heartbeat = setInterval(() => this.#write('\n'), HEARTBEAT_MS);
    socket.on('message', (data: Buffer) => {
      const frame = parseFrame(data.toString());
      if (frame) queue(() => onFrame(frame));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(this.#heartbeat);
      this.registered = false;
      queue(() => {
        // Not before: a token in a frame that still waits its turn would set it again, for an hour.
        clearTimeout(this.#expiry);
        onGone();
      });
    });
  }

  /** Undefined until a valid token has been shown; a session whose token ran out keeps its name, and its calls. */
  get identity(): string | undefined {
    return this.admission?.identity;
  }

  /** A token was accepted: now, and again with every renewal on the same socket. */
  admit(admission: Admission, now: number): void {
    this.admission = admission;
    this.registered &&= admission.mayReceive;
    const left = admission.expiresAt - now;
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => {
      this.registered = false;
      this.error({ code: 31205, message: 'JWT token expired' });
      this.send('offline', {});
    }, left);
    this.send('connected', {
      edge: 'sandbox',
      region: 'US_EAST_VIRGINIA',
      home: 'us1',
      gateway: 'sandbox',
      token: { identity: admission.identity, ttl: Math.floor(left / 1000) },
    });
  }

  send(type: EdgeFrameType, payload: Record<string, unknown>): void {
    this.#write(JSON.stringify({ type, payload, version: '1.6' }));
  }

  error(error: CallError, more: Record<string, unknown> = {}): void {
    this.send('error', { error, ...more });
  }

  cut(): void {
    this.#socket.terminate();
  }

  #write(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }
}
