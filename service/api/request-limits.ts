import { createMiddleware } from 'hono/factory';
import type { Clock } from '../calls/ports.ts';
import type { RequestCounts } from '../calls/request-counts.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { clientAddress } from './client-address.ts';
import { TooManyRequests } from './too-many-requests.ts';

/**
 * In any minute of the clock, over all nodes; `reading` at each of them, since what only reads shall neither write nor wait
 * for a disk that is full. That is one request a second for each of ten tabs; an export reads the whole log.
 */
const PER_MINUTE = { token: 30, change: 120, reading: 600, export: 5, check: 6, refused: 5 };
type Limited = keyof typeof PER_MINUTE;

const MINUTE_MS = 60_000;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const TOKEN_PATH = '/api/calls/token';
const EXPORT_PATH = '/api/calls.csv';

function limitedAs(method: string, path: string): Limited {
  if (SAFE.has(method)) return path === EXPORT_PATH ? 'export' : 'reading';
  return path === TOKEN_PATH ? 'token' : 'change';
}

/** How often one agent, or one address, may ask. */
export interface RequestLimits {
  /** Counts a refused token against the address it came from; throws TooManyRequests beyond five a minute. */
  countRefused: (c: AppContext) => Promise<void>;
  /** Whether this identity may have its line checked now. */
  mayCheckLine: (identity: string) => Promise<boolean>;
  /** Behind the authentication: throws TooManyRequests for an agent who asks too often. */
  perAgent: ReturnType<typeof createMiddleware<AppEnv>>;
}

export interface RequestLimitsOptions {
  counts: RequestCounts;
  trustedProxies: readonly string[];
  clock: Clock;
}

export function createRequestLimits({ counts, trustedProxies, clock }: RequestLimitsOptions): RequestLimits {
  const addressOf = clientAddress(trustedProxies);
  let minute = 0;
  /** Counters that are full until their minute is over: a flood reaches the database no more. */
  const full = new Set<string>();
  const readings = new Map<string, number>();

  async function within(limited: Limited, whose: string): Promise<boolean> {
    const now = clock();
    const current = Math.floor(now.getTime() / MINUTE_MS);
    if (current !== minute) {
      full.clear();
      readings.clear();
    }
    minute = current;
    const counter = `${limited} ${whose}`;
    if (full.has(counter)) return false;
    const place = limited === 'reading' ? (readings.get(counter) ?? 0) + 1 : await counts.add(counter, now);
    if (limited === 'reading') readings.set(counter, place);
    if (place >= PER_MINUTE[limited] && minute === current) full.add(counter);
    return place <= PER_MINUTE[limited];
  }

  function tooMany(message: string): TooManyRequests {
    const left = MINUTE_MS - (clock().getTime() % MINUTE_MS);
    return new TooManyRequests(message, Math.ceil(left / 1000));
  }

  return {
    async countRefused(c) {
      const address = addressOf(c);
      if (address === undefined || (await within('refused', address))) return;
      throw tooMany('Too many refused tokens came from this address');
    },
    mayCheckLine: (identity) => within('check', identity),
    perAgent: createMiddleware<AppEnv>(async function perAgent(c, next) {
      const limited = limitedAs(c.req.method, c.req.path);
      if (!(await within(limited, c.get('agent').identity))) throw tooMany('Too many requests in this minute');
      await next();
    }),
  };
}
