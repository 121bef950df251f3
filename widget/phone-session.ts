import type { SessionAnswer } from '../service/contract.ts';
import { WINDOW_READY, WINDOW_TOKEN } from './one-phone/phone-window-opener.ts';

/** Renewed this long before its end. */
const MARGIN_MS = 20 * 60_000;
/** An opener that has not answered in this time is gone. */
const OPENER_MS = 3000;
const KEY = 'almasar-dialer:phone-session';

export interface PhoneSessionOptions {
  /** The page that opened this window, if it is still there. */
  opener: Window | null;
  storage: Storage;
}

/**
 * The phone window's right to act for the agent: begun with the token that the page which opened it asks its CRM for,
 * kept over reloads, renewed with itself. Twelve hours after the CRM's last word the agent opens the window anew.
 */
export class PhoneSession {
  readonly #service: URL;
  readonly #options: PhoneSessionOptions;
  #asking: Promise<SessionAnswer> | undefined;

  constructor(service: URL, options: PhoneSessionOptions) {
    this.#service = service;
    this.#options = options;
  }

  /** A token for the service. Rejects with a sentence for the log when nobody vouches for the agent any more. */
  async token(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return (await this.#asking).token;
  }

  async #ask(): Promise<SessionAnswer> {
    const kept = this.#kept();
    const left = kept ? Date.parse(kept.expiresAt) - Date.now() : 0;
    if (kept && left > MARGIN_MS) return kept;
    const fromOpener = await this.#askOpener();
    for (const bearer of [fromOpener, left > 0 ? kept?.token : undefined]) {
      if (bearer === undefined) continue;
      const answer = await this.#exchange(bearer).catch(() => undefined);
      if (answer) return answer;
    }
    if (kept && left > 0) return kept;
    throw new Error('Open the phone from the page that you are signed in to.');
  }

  async #exchange(bearer: string): Promise<SessionAnswer | undefined> {
    const answer = await fetch(new URL('api/calls/phone/session', this.#service), {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    if (!answer.ok) return undefined;
    const session = (await answer.json()) as SessionAnswer;
    this.#options.storage.setItem(KEY, JSON.stringify(session));
    return session;
  }

  #kept(): SessionAnswer | undefined {
    try {
      return (JSON.parse(this.#options.storage.getItem(KEY) ?? 'null') as SessionAnswer | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The service believes no token without a look, so it does not matter here which origin the opener is of. */
  #askOpener(): Promise<string | undefined> {
    const { opener } = this.#options;
    if (!opener || opener.closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (token?: string) => {
        clearTimeout(timer);
        removeEventListener('message', hear);
        resolve(token);
      };
      const hear = ({ source, data }: MessageEvent<{ type?: unknown; token?: unknown } | null>) => {
        if (source === opener && data?.type === WINDOW_TOKEN && typeof data.token === 'string') settle(data.token);
      };
      const timer = setTimeout(settle, OPENER_MS);
      addEventListener('message', hear);
      opener.postMessage({ type: WINDOW_READY }, '*');
    });
  }
}
