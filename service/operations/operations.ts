import type { CrmOutbox, OutboxCounts } from '../calls/crm-outbox.ts';
import type { OutgoingStopSwitch } from '../calls/dial-gate.ts';
import type { Metrics } from '../calls/metrics.ts';
import type { Clock } from '../calls/ports.ts';
import type { CarrierAccount } from '../carrier/account.ts';
import { createCarrierContact, type CarrierContact } from '../carrier/carrier-contact.ts';
import { measuredStore } from '../storage/measured-store.ts';
import { countOpenCalls } from '../storage/open-calls.ts';
import type { Store } from '../storage/store.ts';
import { createPrometheus, type Prometheus } from './prometheus.ts';
import { createReadiness, type Readiness } from './readiness.ts';

/** What watches over a service from its beginning. */
export interface Operations {
  metrics: Metrics;
  prometheus: Prometheus;
  contact: CarrierContact;
  /** The same database, measured. */
  watch(store: Store): Store;
  /** What the CRM is yet to be told joins the figures. */
  watchOutbox(outbox: CrmOutbox): void;
  readiness(outgoingStop: OutgoingStopSwitch, account: CarrierAccount): () => Promise<Readiness>;
}

/** `closing` is aborted when the node is about to end. */
export function createOperations(clock: Clock, closing: AbortSignal): Operations {
  const prometheus = createPrometheus();
  const { metrics } = prometheus;
  const contact = createCarrierContact(clock, metrics);
  return {
    metrics,
    prometheus,
    contact,
    watch(store) {
      prometheus.addFigure('almasar_calls_open', 'Calls in progress, of all nodes', () => countOpenCalls(store));
      const measured = measuredStore(store, metrics);
      prometheus.addFigure('almasar_writes_pending', 'Writes of this node not on disk yet', () => measured.pending());
      return measured;
    },
    watchOutbox(outbox) {
      const figures: [string, string, (counts: OutboxCounts) => number][] = [
        ['almasar_crm_events_waiting', 'Events that the CRM is yet to be told, of all nodes', ({ waiting }) => waiting],
        ['almasar_crm_events_given_up', 'Events given up and kept, of all nodes', ({ givenUp }) => givenUp],
        [
          'almasar_crm_oldest_event_seconds',
          'Age of the oldest event that the CRM is yet to be told',
          ({ oldestAt }) => (oldestAt === null ? 0 : (clock().getTime() - Date.parse(oldestAt)) / 1000),
        ],
      ];
      for (const [name, help, read] of figures) {
        prometheus.addFigure(name, help, async () => read(await outbox.counts()));
      }
    },
    readiness: (outgoingStop, account) =>
      createReadiness({
        askOutgoingStop: () => outgoingStop.find(),
        apiKeyOrigin: () => account.apiKeyOrigin(),
        apiKeyRefused: () => account.apiKeyRefused(),
        contact,
        closing,
      }),
  };
}
