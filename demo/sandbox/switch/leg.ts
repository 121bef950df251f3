import { dtmfTone } from '../media/tones.ts';
import type { Application, CallError, CallMessage } from '../ports.ts';
import type { Recording } from '../recordings/recording.ts';
import type { AudioLine, AudioLines } from './audio-line.ts';
import type { Party } from './party.ts';
import type { TwimlRequest } from './twiml-request.ts';

export type CallStatus =
  'queued' | 'initiated' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

export type FinalStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

export interface LegAddress {
  sid: string;
  from: string;
  to: string;
  /** Empty for a call that a browser places, although `to` may not be. */
  called: string;
  direction: 'inbound' | 'outbound-dial';
  parent?: Leg;
  /** The application, or the number, whose URLs the call follows. */
  application?: Application;
  voiceFallbackUrl?: string;
}

export interface LegEnd {
  status: FinalStatus;
  /** Of the response that ended it, as in status callbacks. */
  sipResponseCode?: number;
  /** Told to a browser with the hang-up. */
  error?: CallError;
}

const DTMF_MS = 160;

/** One leg of a call: between the switch and one party. Its facts are those of Twilio's Call resource. */
export class Leg {
  readonly address: LegAddress;
  readonly createdAt = new Date();
  readonly ended: AbortSignal;
  /** Resolves once: true when the leg is answered, false when it ends before. */
  readonly answered: Promise<boolean>;
  updatedAt = this.createdAt;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  sipResponseCode = 200;
  /** Of the conversation, when the verb that made the leg records it. */
  recording: Recording | undefined;
  line: AudioLine | undefined;
  /** Whether a `<Dial>` has run: what that leaves unanswered stays so. */
  hasDialled = false;
  /** What to do when the REST API moves the call to other TwiML. */
  onRedirect: ((request: TwimlRequest) => void) | undefined;
  readonly #lines: AudioLines;
  readonly #ending = new AbortController();
  readonly #answering = Promise.withResolvers<boolean>();
  readonly #watchers = new Set<() => void>();
  readonly #digitListeners = new Set<(digit: string) => void>();
  readonly #messageListeners = new Set<(message: CallMessage) => void>();
  #status: CallStatus = 'queued';
  #party: Party | undefined;
  #cancelRinging: (() => void) | undefined;

  constructor(address: LegAddress, lines: AudioLines) {
    this.address = address;
    this.#lines = lines;
    this.ended = this.#ending.signal;
    this.answered = this.#answering.promise;
  }

  get sid(): string {
    return this.address.sid;
  }

  get status(): CallStatus {
    return this.#status;
  }

  /** From the answer to the end, or until now. */
  get seconds(): number {
    if (!this.answeredAt) return 0;
    return Math.round(((this.endedAt ?? new Date()).getTime() - this.answeredAt.getTime()) / 1000);
  }

  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  onDigit(listener: (digit: string) => void): () => void {
    this.#digitListeners.add(listener);
    return () => {
      this.#digitListeners.delete(listener);
    };
  }

  onMessage(listener: (message: CallMessage) => void): () => void {
    this.#messageListeners.add(listener);
    return () => {
      this.#messageListeners.delete(listener);
    };
  }

  /** A party calls: it is there from the start, and waits for an answer. */
  callFrom(party: Party): void {
    this.#attach(party);
    this.#become('ringing');
  }

  /** A party is called; `cancel` stops the ringing. */
  callTo(cancel: () => void): void {
    this.#cancelRinging = cancel;
    this.#become('initiated');
  }

  /** The called party's phone rings. */
  ring(): void {
    if (this.#status === 'initiated') this.#become('ringing');
  }

  /** The caller is told that the far end rings. */
  tellRinging(): void {
    if (!this.answeredAt && !this.ended.aborted) this.#party?.ringing();
  }

  /** The caller's call is answered by the switch. Does nothing when it already is, or has ended. */
  answer(): void {
    if (this.answeredAt || this.ended.aborted || !this.#party) return;
    this.#party.answer();
    this.#open(this.#party);
  }

  /** The called party has answered. */
  join(party: Party): void {
    if (this.ended.aborted || this.answeredAt) return party.hangUp();
    this.#cancelRinging = undefined;
    this.#attach(party);
    this.#open(party);
  }

  sendDigit(digit: string): void {
    if (this.#party?.hearDigit(digit) === false) this.line?.sound(dtmfTone(digit, DTMF_MS));
  }

  sendMessage(message: CallMessage): void {
    this.#party?.sendMessage(message);
  }

  /** The switch ends the leg in the ordinary way. */
  hangUp(): void {
    this.end({ status: 'completed' });
  }

  /** Ends the leg, once. Whoever records it is told before the status callbacks are. */
  end({ status, sipResponseCode, error }: LegEnd): void {
    if (this.ended.aborted) return;
    this.endedAt = new Date();
    this.sipResponseCode = sipResponseCode ?? 200;
    this.#answering.resolve(false);
    this.#ending.abort();
    this.#cancelRinging?.();
    this.#party?.hangUp(error);
    this.line?.close();
    this.#become(status);
  }

  #attach(party: Party): void {
    this.#party = party;
    party.listen({
      digit: (digit) => {
        for (const listener of this.#digitListeners) listener(digit);
      },
      message: (message) => {
        for (const listener of this.#messageListeners) listener(message);
      },
      hungUp: () => this.end({ status: this.answeredAt ? 'completed' : 'no-answer' }),
    });
  }

  #open(party: Party): void {
    this.line = this.#lines.open(party.audio);
    this.answeredAt = new Date();
    this.#answering.resolve(true);
    this.#become('in-progress');
  }

  #become(status: CallStatus): void {
    this.#status = status;
    this.updatedAt = new Date();
    for (const watcher of this.#watchers) watcher();
  }
}
