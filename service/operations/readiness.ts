import * as z from 'zod';
import type { OutgoingStop } from '../admin-contract.ts';
import type { ApiKeyOrigin } from '../carrier/account.ts';
import type { CarrierContact } from '../carrier/carrier-contact.ts';

const DATABASE_WITHIN_MS = 1000;
/** Whoever asks again within this time gets the same answer: nobody keeps the database busy with it. */
const KEPT_MS = 500;
const CLOCK_WARNING_SECONDS = 60;
/** Tokens are refused and webhooks misdated from about here. */
const CLOCK_LIMIT_SECONDS = 300;

/** `warning`: an operator should look, and calls go on. `failed`: no calls for this node. */
const checkStatus = z.enum(['ok', 'warning', 'failed', 'unknown']);

/** `GET /readyz`. */
export const readinessAnswer = z.object({
  status: z.enum(['ready', 'not-ready']),
  /** What failed, by the names in `checks`; `draining` when the node is about to end. */
  failed: z.array(z.string()),
  checks: z.object({
    database: z.object({ status: checkStatus }),
    /** A warning while an admin has stopped all outgoing calls, since `stoppedAt`. */
    outgoing: z.object({ status: checkStatus, stoppedAt: z.iso.datetime().nullable() }),
    /** Against the carrier's clock, as last seen. */
    clock: z.object({ status: checkStatus, aheadSeconds: z.number().int().nullable() }),
    /** The carrier's REST API, as last seen: it is not asked. */
    carrier: z.object({
      status: checkStatus,
      lastAnswerAt: z.iso.datetime().nullable(),
      lastFailureAt: z.iso.datetime().nullable(),
    }),
    apiKey: z.object({ status: checkStatus, origin: z.enum(['provided', 'created', 'missing']) }),
  }),
});
export type Readiness = z.infer<typeof readinessAnswer>;

export interface ReadinessOptions {
  /** Of the database. Rejects when that does not answer. */
  askOutgoingStop: () => Promise<OutgoingStop | undefined>;
  contact: CarrierContact;
  apiKeyOrigin: () => ApiKeyOrigin;
  apiKeyRefused: () => boolean;
  /** Aborted when the node is about to end. */
  closing: AbortSignal;
}

function clockCheck(contact: CarrierContact): Readiness['checks']['clock'] {
  const ahead = contact.clockAhead();
  if (ahead === undefined) return { status: 'unknown', aheadSeconds: null };
  const aheadSeconds = Math.round(ahead / 1000);
  const off = Math.abs(aheadSeconds);
  const status = off > CLOCK_LIMIT_SECONDS ? 'failed' : off > CLOCK_WARNING_SECONDS ? 'warning' : 'ok';
  return { status, aheadSeconds };
}

/** Without the carrier no new call begins on any node, so a failure there takes no node away. */
function carrierCheck(contact: CarrierContact): Readiness['checks']['carrier'] {
  const answerAt = contact.lastAnswerAt();
  const failureAt = contact.lastFailureAt();
  const failedLast = failureAt !== undefined && (answerAt === undefined || failureAt > answerAt);
  const status = failedLast ? 'warning' : answerAt ? 'ok' : 'unknown';
  return {
    status,
    lastAnswerAt: answerAt?.toISOString() ?? null,
    lastFailureAt: failureAt?.toISOString() ?? null,
  };
}

type FromDatabase = Pick<Readiness['checks'], 'database' | 'outgoing'>;

const UNHEARD: FromDatabase = { database: { status: 'failed' }, outgoing: { status: 'unknown', stoppedAt: null } };

/** Tells whether this node may be sent calls. */
export function createReadiness(options: ReadinessOptions): () => Promise<Readiness> {
  const { askOutgoingStop, contact, apiKeyOrigin, apiKeyRefused, closing } = options;
  let asked = Promise.resolve(UNHEARD);
  let askAgainAt = 0;

  async function askDatabase(): Promise<FromDatabase> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<FromDatabase>((resolve) => (timer = setTimeout(resolve, DATABASE_WITHIN_MS, UNHEARD)));
    const answer = (async (): Promise<FromDatabase> => {
      const stopped = await askOutgoingStop();
      const status = stopped ? 'warning' : 'ok';
      return { database: { status: 'ok' }, outgoing: { status, stoppedAt: stopped?.stoppedAt ?? null } };
    })().catch(() => UNHEARD);
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  return async () => {
    if (performance.now() >= askAgainAt) {
      asked = askDatabase();
      askAgainAt = performance.now() + KEPT_MS;
    }
    const origin = apiKeyOrigin();
    const checks: Readiness['checks'] = {
      ...(await asked),
      clock: clockCheck(contact),
      carrier: carrierCheck(contact),
      apiKey: { status: origin === 'missing' || apiKeyRefused() ? 'warning' : 'ok', origin },
    };
    const failed = Object.entries(checks).flatMap(([name, { status }]) => (status === 'failed' ? [name] : []));
    if (closing.aborted) failed.push('draining');
    return { status: failed.length === 0 ? 'ready' : 'not-ready', failed, checks };
  };
}
