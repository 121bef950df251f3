import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { RetryCause } from './connection-overrides.ts';

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface HttpQuestion {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds: to connect, to the first byte and between packets, altogether. */
  connectMs: number;
  readMs: number;
  totalMs: number;
}

/** No usable answer came. `cause` says what ran out: the connection (`ct`) or the answer (`rt`). */
export class ExchangeFailure extends Error {
  readonly retryCause: RetryCause;

  constructor(retryCause: RetryCause, message: string) {
    super(message);
    this.retryCause = retryCause;
  }
}

/** Twilio's limit for a TwiML document. */
const LARGEST_BODY = 64 * 1024;

/** One HTTP request on a connection of its own, with separate limits for connecting and for answering. */
export function exchange(question: HttpQuestion): Promise<HttpAnswer> {
  const { url, method, headers, body, connectMs, readMs, totalMs } = question;
  return new Promise((resolve, reject) => {
    let connected = false;
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method, headers, agent: false });
    let patience = setTimeout(() => fail('ct', `no connection within ${connectMs} ms`), connectMs);
    const total = setTimeout(() => fail(connected ? 'rt' : 'ct', `no answer within ${totalMs} ms`), totalMs);

    const settle = (): void => {
      clearTimeout(patience);
      clearTimeout(total);
    };
    const fail = (cause: RetryCause, message: string): void => {
      settle();
      request.destroy();
      reject(new ExchangeFailure(cause, message));
    };
    const waitForPacket = (): void => {
      clearTimeout(patience);
      patience = setTimeout(() => fail('rt', `silence of ${readMs} ms`), readMs);
    };

    request.once('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        connected = true;
        waitForPacket();
      });
    });
    request.once('error', (error) => fail(connected ? 'rt' : 'ct', error.message));
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        waitForPacket();
        chunks.push(chunk);
        size += chunk.length;
        if (size > LARGEST_BODY) fail('4xx', 'the answer is larger than 64 kB');
      });
      response.once('error', (error) => fail('rt', error.message));
      response.once('end', () => {
        settle();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.end(body);
  });
}
