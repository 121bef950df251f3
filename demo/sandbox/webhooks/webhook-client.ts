import { randomUUID } from 'node:crypto';
import { type ConnectionOverrides, connectionOverrides } from './connection-overrides.ts';
import { ExchangeFailure, type HttpAnswer, exchange } from './http-exchange.ts';
import { signature } from './signature.ts';

export type WebhookMethod = 'GET' | 'POST';

export interface Webhook {
  /** As configured: the fragment may hold connection overrides. */
  url: string;
  method: WebhookMethod;
  fields: Record<string, string>;
}

/** A webhook that was not answered well. The code is Twilio's: 11200 for an HTTP error, 11205 when nothing answered. */
export class WebhookFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const MOST_REDIRECTS = 5;

/** Sends signed webhooks as Twilio does. */
export class WebhookClient {
  readonly #authToken: string;

  constructor(authToken: string) {
    this.#authToken = authToken;
  }

  /** @throws {WebhookFailure} when no answer of 2xx came in time, retries included. */
  async send(webhook: Webhook): Promise<HttpAnswer> {
    const overrides = connectionOverrides(webhook.url);
    const deadline = performance.now() + overrides.totalMs;
    const idempotencyToken = randomUUID();
    for (let retries = overrides.retries; ; retries -= 1) {
      const outcome = await this.#follow(webhook, overrides, deadline, idempotencyToken);
      if ('answer' in outcome && outcome.answer.status < 300) return outcome.answer;
      const cause = 'answer' in outcome ? (outcome.answer.status >= 500 ? '5xx' : '4xx') : outcome.failure.retryCause;
      if (retries > 0 && overrides.retryOn.has(cause) && performance.now() < deadline) continue;
      const address = webhook.url.replace(/#.*$/, '');
      if ('answer' in outcome) throw new WebhookFailure(11200, `${address} answered ${outcome.answer.status}.`);
      throw new WebhookFailure(11205, `${address} could not be reached: ${outcome.failure.message}.`);
    }
  }

  async #follow(
    webhook: Webhook,
    overrides: ConnectionOverrides,
    deadline: number,
    idempotencyToken: string,
  ): Promise<{ answer: HttpAnswer } | { failure: ExchangeFailure }> {
    let current = webhook;
    for (let redirects = 0; ; redirects += 1) {
      try {
        const answer = await this.#ask(current, overrides, deadline, idempotencyToken);
        const location = answer.headers.location;
        if (answer.status < 300 || answer.status >= 400 || !location || redirects === MOST_REDIRECTS) return { answer };
        const keepsMethod = answer.status === 307 || answer.status === 308;
        current = {
          ...current,
          url: new URL(location, current.url).href,
          method: keepsMethod ? current.method : 'GET',
        };
      } catch (error) {
        if (error instanceof ExchangeFailure) return { failure: error };
        return { failure: new ExchangeFailure('4xx', error instanceof Error ? error.message : String(error)) };
      }
    }
  }

  async #ask(
    webhook: Webhook,
    overrides: ConnectionOverrides,
    deadline: number,
    idempotencyToken: string,
  ): Promise<HttpAnswer> {
    const { method, fields } = webhook;
    const form = new URLSearchParams(fields).toString();
    const bare = webhook.url.replace(/#.*$/, '');
    const address = method === 'GET' && form ? `${bare}${bare.includes('?') ? '&' : '?'}${form}` : bare;
    const url = new URL(address);
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    url.username = '';
    url.password = '';
    const question = {
      url,
      method,
      headers: {
        Accept: '*/*',
        'User-Agent': 'TwilioProxy/1.1',
        'X-Twilio-Signature': signature(this.#authToken, address, method === 'POST' ? fields : {}),
        'I-Twilio-Idempotency-Token': idempotencyToken,
        ...(method === 'POST' && {
          'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'Content-Length': String(Buffer.byteLength(form)),
        }),
      },
      ...(method === 'POST' && { body: form }),
      connectMs: overrides.connectMs,
      readMs: overrides.readMs,
    };
    const answer = await exchange({ ...question, totalMs: Math.max(1, deadline - performance.now()) });
    if (answer.status !== 401 || credentials === ':') return answer;
    // Credentials in the address are kept back until the server asks for them.
    const headers = { ...question.headers, Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
    return exchange({ ...question, headers, totalMs: Math.max(1, deadline - performance.now()) });
  }
}
