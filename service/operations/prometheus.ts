import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../calls/metrics.ts';

/** A figure that is read when somebody asks. */
export type ReadFigure = () => number | Promise<number>;

export interface Prometheus {
  metrics: Metrics;
  /** Adds a figure that is read at most every five seconds, however often it is asked for. */
  addFigure(name: string, help: string, read: ReadFigure): void;
  /** All figures in Prometheus' text format, and the Content-Type of that. */
  exposition(): Promise<{ text: string; contentType: string }>;
}

const KEPT_MS = 5000;
/** Seconds: from a SQLite commit on a fast disk to where a caller hangs up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Seconds: an event is told with whole ones, and comes late when the carrier has tried again. */
const LAG_BUCKETS = [0.5, 1, 2, 3, 5, 10, 30, 60, 300, 3600];
const WORKS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The last value while it is fresh; one that cannot be read is no number, and fails nothing else. */
function remembered(read: ReadFigure): () => Promise<number> {
  let value = Promise.resolve(Number.NaN);
  let until = 0;
  return () => {
    const now = performance.now();
    if (now < until) return value;
    until = now + KEPT_MS;
    value = (async () => read())().catch(() => Number.NaN);
    return value;
  };
}

/** Figures of one service, in a registry of its own. */
export function createPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter<L>({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram<L>({ name, help, labelNames, buckets, registers });

  const requests = counter('almasar_http_requests_total', 'HTTP requests answered', 'method', 'route', 'status');
  const durations = histogram('almasar_http_request_seconds', 'Time to answer', BUCKETS, 'method', 'route');
  const webhooks = counter('almasar_webhooks_total', "The carrier's requests by answer", 'kind', 'answer');
  const lag = histogram(
    'almasar_webhook_lag_seconds',
    "From the carrier's time of an event to its being kept",
    LAG_BUCKETS,
    'kind',
  );
  const signatures = counter('almasar_signature_failures_total', 'Webhooks that nobody signed rightly', 'kind');
  const conflicts = counter('almasar_webhook_conflicts_total', 'Webhooks that contradict what is kept', 'kind');
  const tokens = counter('almasar_tokens_total', 'Access tokens asked for', 'result');
  const refusals = counter('almasar_dials_refused_total', 'Calls that were not put through', 'code', 'at');
  const calls = counter('almasar_calls_total', 'Calls that this node saw end', 'direction', 'outcome');
  const rest = counter('almasar_rest_requests_total', 'Requests to the carrier', 'result');
  const restDurations = histogram('almasar_rest_request_seconds', "Time of the carrier's answers", BUCKETS);
  const copies = counter('almasar_recording_copies_total', 'Recordings copied, and tries to', 'result');
  const database = histogram('almasar_database_seconds', 'Time of reads, and of writes until kept', BUCKETS, 'kind');
  const commits = histogram('almasar_commit_works', 'Writes that shared a commit', WORKS);
  const news = histogram('almasar_news_seconds', 'Time to hand news to all who listen on this node', BUCKETS);
  const streams = new Gauge({ name: 'almasar_event_streams', help: 'Event streams open on this node', registers });
  let processWatched = false;

  const metrics: Metrics = {
    answered({ method, route, status, seconds }) {
      requests.inc({ method, route, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ method, route }, seconds);
    },
    webhook(kind, answer, lagSeconds) {
      webhooks.inc({ kind, answer });
      if (answer === 'signature-invalid') signatures.inc({ kind });
      if (lagSeconds !== undefined) lag.observe({ kind }, lagSeconds);
    },
    token: (result) => tokens.inc({ result }),
    dialRefused: (code, at) => refusals.inc({ code, at }),
    callEnded: (direction, outcome) => calls.inc({ direction, outcome }),
    conflict: (kind) => conflicts.inc({ kind }),
    restRequest(result, seconds) {
      rest.inc({ result });
      restDurations.observe(seconds);
    },
    recordingCopy: (result) => copies.inc({ result }),
    database: (kind, seconds) => database.observe({ kind }, seconds),
    committed: (works) => commits.observe(works),
    told: (seconds) => news.observe(seconds),
    streams: (open) => streams.set(open),
  };

  return {
    metrics,
    addFigure(name, help, read) {
      const current = remembered(read);
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers,
        collect: async (): Promise<void> => gauge.set(await current()),
      });
    },
    async exposition() {
      // It listens to the whole process: only where somebody asks.
      if (!processWatched) collectDefaultMetrics({ register: registry });
      processWatched = true;
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
