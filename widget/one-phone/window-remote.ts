import type { PhoneEvent } from '../../service/contract.ts';
import { problemOf } from '../core/problem-error.ts';
import { IDLE, isLive, type DialerState, type Problem } from '../core/state.ts';
import { newId } from '../new-id.ts';
import { AnswerError } from '../service-access.ts';
import type { ServiceClient } from '../service-client.ts';
import type { HandsetRequest } from './handset-request.ts';

export type WindowReport = NonNullable<PhoneEvent>;

/** One attempt at telling the service. */
const ATTEMPT_MS = 3000;
/** Between attempts; what is older than all of them would come as a surprise. */
const PAUSES_MS = [300, 700, 1500];
/** The window reports every 15 s: without three of them, what is shown is old. */
const SILENCE_MS = 50_000;

/** The window answers every word with a report, within a round trip or two. One that does not has crashed, or is cut off. */
const ANSWER_MS = 5000;

/** Asked once: a call that nobody waits for any more, or digits out of their order, are worse than none. */
const ASKED_ONCE: ReadonlySet<HandsetRequest> = new Set(['dial', 'sendDigits']);

/** Not asked by a person: nobody waits for it. */
const UNASKED: ReadonlySet<HandsetRequest> = new Set(['nameCustomer', 'dismissNotice']);

const NOT_DELIVERED: Problem = Object.freeze({ code: 'not-delivered', carrierCode: null });
const NOT_ANSWERED: Problem = Object.freeze({ ...NOT_DELIVERED });
const NOT_HEARD: Problem = Object.freeze({ code: 'service-unreachable', carrierCode: null });

export interface WindowRemoteParts {
  client: Pick<ServiceClient, 'commandPhone'>;
  show: (state: DialerState) => unknown;
  /** The service says that there is no such window, so this was not done. */
  onGone: (method: HandsetRequest, args: readonly unknown[]) => void;
}

/** What is going on in the window: a command is about this, and pointless about anything else. */
function subjectOf(report: WindowReport | undefined): string {
  if (!report) return '';
  const { phase, call }: DialerState = { ...IDLE, ...report.state };
  return `${call?.callId}${isLive({ phase })}`;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Operates the phone window through the service. What does not arrive is asked again under the same id, which the service
 * tells the window once, and is said in words if it still does not, or if the window says nothing to it: only the service
 * knows whether a window is gone, and of one that has crashed it takes 45 s to know.
 */
export class WindowRemote {
  readonly #parts: WindowRemoteParts;
  /** The last command of each kind: an older one is not asked again. */
  readonly #latest = new Map<HandsetRequest, string>();
  #report: WindowReport | undefined;
  #trouble: { readonly problem: Problem; readonly subject: string } | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #answer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: WindowRemoteParts) {
    this.#parts = parts;
  }

  /** The window has reported; undefined: there is none any more, and nothing is asked again or said. */
  hear(report: WindowReport | undefined): void {
    this.#report = report;
    clearTimeout(this.#silence);
    clearTimeout(this.#answer);
    if (report) this.#silence = setTimeout(() => this.#say(NOT_HEARD), SILENCE_MS);
    const { problem, subject } = this.#trouble ?? {};
    if (problem === NOT_HEARD || problem === NOT_ANSWERED || subject !== subjectOf(report)) this.#trouble = undefined;
    this.#show();
  }

  async ask(method: HandsetRequest, args: readonly unknown[]): Promise<void> {
    if (method === 'prepare' || !this.#report) return;
    if (method === 'dismiss' && this.#trouble) return this.#forget();
    const command = { holder: this.#report.holder, id: newId(), method, args: [...args] };
    const before = this.#report;
    const subject = subjectOf(before);
    this.#latest.set(method, command.id);
    const pointless = () => this.#latest.get(method) !== command.id || subjectOf(this.#report) !== subject;
    for (const pause of ASKED_ONCE.has(method) ? [0] : [...PAUSES_MS, 0]) {
      try {
        await this.#parts.client.commandPhone(command, AbortSignal.timeout(ATTEMPT_MS));
        this.#forget();
        // The answer may be faster than the service's word that it was delivered.
        if (this.#report === before && !UNASKED.has(method)) this.#awaitAnswer();
        return;
      } catch (error) {
        if (error instanceof AnswerError && error.answerCode === 'phone-gone') return this.#parts.onGone(method, args);
        if (pointless()) return;
        if (!pause && !UNASKED.has(method)) this.#say(method === 'dial' ? problemOf(error) : NOT_DELIVERED);
      }
      await after(pause);
      if (pointless()) return;
    }
  }

  #awaitAnswer(): void {
    clearTimeout(this.#answer);
    this.#answer = setTimeout(() => this.#say(NOT_ANSWERED), ANSWER_MS);
  }

  #say(problem: Problem): void {
    this.#trouble = { problem, subject: subjectOf(this.#report) };
    this.#show();
  }

  #forget(): void {
    if (!this.#trouble) return;
    this.#trouble = undefined;
    this.#show();
  }

  #show(): void {
    if (!this.#report) return;
    const state: DialerState = { ...IDLE, ...this.#report.state, place: 'phone-window' };
    const { problem } = this.#trouble ?? {};
    if (!problem) return void this.#parts.show(state);
    // Beside a call that is over it would pass for how that call ended.
    const over = isLive(state) ? {} : { phase: 'idle' as const, call: null, outcome: null };
    this.#parts.show({ ...state, ...over, problem });
  }
}
