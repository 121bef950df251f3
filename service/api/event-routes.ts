import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { outgoingOf } from '../answer-header.ts';
import type { Metrics } from '../calls/metrics.ts';
import type { Agent, Clock, Feed, Missed, MissedChanges, Phones } from '../calls/ports.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { HEARTBEAT } from './event-message.ts';
import { BodySink, ResponseSink, type EventSink } from './event-sink.ts';
import { EventStream, type StreamKeeper } from './event-stream.ts';

const HEARTBEAT_MS = 15_000;
/** How often it is looked whose token is accepted no longer. */
const EXPIRY_MS = 1000;

/** Streams written to in one turn of the event loop: between two turns, requests are answered. */
const AT_A_TIME = 500;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // nginx holds back what it may buffer, and a phone that rings late is a missed call.
  'X-Accel-Buffering': 'no',
};

function topicsOf({ id, role }: Agent): string[] {
  return [...(role === 'agent' ? [`calls-of:${id}`, 'calls-of:'] : ['calls']), `phone:${id}`];
}

/** The revision that a reader heard last; undefined for one that begins. */
function lastHeard(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

/** The revision that a reader heard last; for one that begins, that there is nothing to be told again. */
type Since = number | Missed;

interface KeptStream {
  /** Milliseconds since the epoch: when its token stops being accepted. */
  until: number;
  subscriptions: (() => void)[];
}

export interface EventRoutesOptions {
  feed: Feed;
  missed: MissedChanges;
  phones: Phones;
  metrics: Metrics;
  /** Ends every stream when it is aborted. */
  closing: AbortSignal;
  clock: Clock;
}

/**
 * `GET /events`: this agent's calls as they change and the phone window, as server-sent events. With `Last-Event-ID`,
 * what changed since comes first. A stream ends when its token is accepted no longer, so that the reader comes back with a new one.
 */
export function eventRoutes({ feed, missed, phones, metrics, closing, clock }: EventRoutesOptions) {
  const streams = new Map<EventStream, KeptStream>();
  const due = new Set<EventStream>();

  function writeSome(): void {
    let written = 0;
    for (const stream of due) {
      due.delete(stream);
      stream.flush();
      written += 1;
      if (written === AT_A_TIME) break;
    }
    if (due.size > 0) setImmediate(writeSome);
  }

  const keeper: StreamKeeper = {
    onDue(stream) {
      if (due.size === 0) setImmediate(writeSome);
      due.add(stream);
    },
    onEnd(stream) {
      for (const unsubscribe of streams.get(stream)!.subscriptions) unsubscribe();
      streams.delete(stream);
      due.delete(stream);
      metrics.streams(streams.size);
    },
  };

  const heartbeat = setInterval(() => {
    for (const stream of streams.keys()) stream.send(HEARTBEAT);
  }, HEARTBEAT_MS).unref();
  // One timer for all: ten thousand of their own would weigh more than the rest of what is kept here.
  const expiry = setInterval(() => {
    const now = clock().getTime();
    for (const [stream, { until }] of streams) if (now >= until) stream.end();
  }, EXPIRY_MS).unref();
  closing.addEventListener('abort', () => {
    clearInterval(heartbeat);
    clearInterval(expiry);
    for (const stream of streams.keys()) stream.end();
  });

  function open(c: AppContext, sink: EventSink, since: Since): EventStream {
    const agent = c.get('agent');
    const stream = new EventStream(sink, keeper);
    // Before anything is read: what changes from here on is heard.
    const subscriptions = topicsOf(agent).map((topic) => feed.subscribe(topic, stream.hear));
    streams.set(stream, { until: c.get('acceptedUntil').getTime(), subscriptions });
    metrics.streams(streams.size);
    if (closing.aborted) stream.end();
    else begin(stream, agent, since).catch(() => stream.end());
    return stream;
  }

  async function begin(stream: EventStream, agent: Agent, since: Since): Promise<void> {
    const reader = agent.role === 'agent' ? { agentId: agent.id } : 'everybody';
    const [told, report] = await Promise.all([
      typeof since === 'number' ? missed.since(reader, since) : since,
      phones.windowOf(agent.id, clock()),
    ]);
    stream.begin(told, report);
  }

  return new Hono<AppEnv>().get('/events', async (c) => {
    const last = lastHeard(c.req.header('last-event-id'));
    // Before anything is heard, and before the reader knows to read the log: nothing falls between.
    const since = last ?? { changes: [], upTo: await missed.reached() };
    const outgoing = outgoingOf(c);
    if (outgoing === undefined) {
      const sink = new BodySink(() => stream.leave());
      const stream = open(c, sink, since);
      return c.body(sink.body, 200, HEADERS);
    }
    // Gone while it was asked who they are.
    if (outgoing.destroyed) return RESPONSE_ALREADY_SENT;
    outgoing.writeHead(200, HEADERS);
    const stream = open(c, new ResponseSink(outgoing), since);
    outgoing.on('close', stream.leave);
    return RESPONSE_ALREADY_SENT;
  });
}
