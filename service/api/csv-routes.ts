import { Hono } from 'hono';
import * as z from 'zod';
import type { Audit } from '../calls/audit.ts';
import { callCsv, localTimeIn } from '../calls/call-csv.ts';
import type { CallLog, Clock } from '../calls/ports.ts';
import { callQuery, type CallPage, type Disposition } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { auditBy } from './audit-by.ts';
import { queryOf } from './query-of.ts';
import { readerOf } from './visible-call.ts';

/** Calls that are in memory at a time. */
const PAGE = 500;

export interface CsvRoutesOptions {
  log: CallLog;
  audit: Audit;
  dispositions: readonly Disposition[];
  clock: Clock;
}

function isTimeZone(name: string): boolean {
  try {
    localTimeIn(name);
    return true;
  } catch {
    return false;
  }
}

/** Query of `GET /api/calls.csv`: the filters of the log, the language of the headings, and the time zone of local times. */
export const csvQuery = callQuery.omit({ limit: true, cursor: true }).extend({
  lang: z.enum(['ar', 'en']).default('en'),
  tz: z.string().max(64).default('UTC'),
});

/** `GET /calls.csv`: the log as a file, read page by page as fast as it is taken. */
export function csvRoutes({ log, audit, dispositions, clock }: CsvRoutesOptions) {
  return new Hono<AppEnv>().get('/calls.csv', async (c) => {
    const { lang, tz, ...filters } = queryOf(c, csvQuery);
    if (!isTimeZone(tz)) {
      throw new ServiceError('time-zone-unknown', 'tz is no time zone: send an IANA name, such as Africa/Cairo.');
    }
    const reader = readerOf(c.get('agent'), filters.log);
    const csv = callCsv({ lang, timeZone: tz, dispositions });
    const read = (cursor?: string) => log.page(reader, { ...filters, limit: PAGE, cursor }, clock());
    // While there still can be a refusal.
    let page: CallPage | undefined = await read();
    const by = auditBy(c, clock);
    await audit.add({ ...by, action: 'calls-exported', subject: '', after: { ...filters, lang, tz } });

    const logger = c.get('logger');
    const encoder = new TextEncoder();
    let text = csv.heading;
    // Asked for more only when what was given is taken; never again once the reader is gone.
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(stream) {
          try {
            while (page) {
              const { calls, nextCursor }: CallPage = page;
              text += calls.map((call) => csv.line(call)).join('');
              page = nextCursor === null ? undefined : await read(nextCursor);
              if (text !== '') break;
            }
          } catch (error) {
            logger.error({ err: error }, 'an export was broken off');
            throw error;
          }
          stream.enqueue(encoder.encode(text));
          text = '';
          if (!page) stream.close();
        },
      },
      { highWaterMark: 0 },
    );
    const day = by.at.slice(0, 10);
    return c.body(body, 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="calls-${day}.csv"`,
      'Cache-Control': 'no-store',
    });
  });
}
