import { watchContentPolicy, type ContentPolicy } from '../../content-policy.ts';
import type { DialerState, ProblemCode } from '../../core/state.ts';
import type { Messages } from '../../locales/messages.ts';
import type { CallPartHost } from '../call-part.ts';

/** What the phone takes the page's policy for: it knows only that nothing is reached. */
export const UNREACHED: ReadonlySet<ProblemCode | undefined> = new Set(['service-unreachable', 'connection-lost']);

/** Without these nothing is reached; without the others the phone is silent. */
const REACHING = /^(connect|script)-src/;
const SOUNDING = /^media-src/;

/** What the page's Content-Security-Policy refuses of the phone, and that the page is told so where a call failed for it. */
export class PagePolicy {
  readonly #host: CallPartHost;
  #watched: ContentPolicy | undefined;
  #service: string | undefined;
  /** The problem that the page was told of. */
  #told: DialerState['problem'] = null;

  constructor(host: CallPartHost) {
    this.#host = host;
  }

  /** What keeps the phone from being reached: `connect-src https://…`; empty while nothing is refused. */
  get refused(): string {
    return this.#watched?.violation(REACHING)?.detail ?? '';
  }

  /** What keeps the ringtone from sounding: `media-src https://…`; empty while nothing is refused. */
  get refusedSound(): string {
    return this.#watched?.violation(SOUNDING)?.detail ?? '';
  }

  /** To be called before every update. */
  follow(words: Messages | undefined): void {
    this.#watch();
    const { problem } = this.#host.state;
    const { refused } = this;
    if (!problem || !refused || !words || problem === this.#told || !UNREACHED.has(problem.code)) return;
    this.#told = problem;
    const { title, advice } = words.problems['content-policy'];
    const detail = { code: 'content-policy', carrierCode: null, message: `${title}. ${advice} ${refused}` };
    this.#host.dispatchEvent(new CustomEvent('almasar-error', { bubbles: true, composed: true, detail }));
  }

  close(): void {
    this.#watched?.close();
    this.#service = this.#watched = undefined;
  }

  #watch(): void {
    const service = this.#host.settings?.service;
    if (!service || service === this.#service) return;
    this.close();
    this.#service = service;
    const { baseURI } = document;
    const own = URL.canParse(service, baseURI) ? [new URL(service, baseURI)] : [];
    this.#watched = watchContentPolicy(document, own, () => this.#host.requestUpdate());
  }
}
