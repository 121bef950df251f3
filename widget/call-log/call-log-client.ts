import type { AuditPage } from '../../service/admin-contract.ts';
import type { CallPage, CallPatch, CallRecord, RecordingLink, SettingsAnswer } from '../../service/contract.ts';
import type { HomeForm } from '../core/home-form.ts';
import { loadHomeForm } from '../phone/load-home-form.ts';
import { createServiceAccess, type ServiceAddress } from '../service-access.ts';
import { followEvents, type EventsListener, type FollowedEvents } from '../service-events.ts';

const PAGE_MS = 15_000;
/** A log of years takes its time. */
const CSV_MS = 600_000;

/** What the log asks of the service. Everything rejects with a ProblemError. */
export interface CallLogClient {
  settings: () => Promise<SettingsAnswer>;
  /** How numbers of a country are written there. */
  homeForm: (country: string) => Promise<HomeForm>;
  page: (query: URLSearchParams, signal: AbortSignal) => Promise<CallPage>;
  /** The calls of a query as a CSV file. */
  csv: (query: URLSearchParams) => Promise<Blob>;
  /** One call. */
  get: (callId: string) => Promise<CallRecord>;
  /** Resolves with the call as the service now has it. */
  patch: (callId: string, patch: CallPatch) => Promise<CallRecord>;
  /** An address that plays (or, with `download`, is saved) for this agent and a few minutes. */
  recordingUrl: (callId: string, recordingSid: string, download?: boolean) => Promise<string>;
  /** For good. For supervisors and admins, as the next. */
  deleteRecording: (callId: string, recordingSid: string) => Promise<void>;
  /** Who did what with a call. */
  audit: (callId: string) => Promise<AuditPage>;
  follow: (listener: EventsListener) => FollowedEvents;
}

export function createCallLogClient(address: ServiceAddress): CallLogClient {
  const access = createServiceAccess(address);
  return {
    settings: () => access.json('api/calls/settings'),
    homeForm: (country) => loadHomeForm(country, access.addressOf('')),
    page: (query, signal) =>
      access.json(`api/calls?${query}`, {}, AbortSignal.any([signal, AbortSignal.timeout(PAGE_MS)])),
    csv: async (query) => (await access.request(`api/calls.csv?${query}`, {}, AbortSignal.timeout(CSV_MS))).blob(),
    get: (callId) => access.json(`api/calls/${callId}`),
    patch: (callId, patch) => access.send('PATCH', `api/calls/${callId}`, patch),
    async recordingUrl(callId, recordingSid, download) {
      const { url } = await access.json<RecordingLink>(`api/calls/${callId}/recordings/${recordingSid}`);
      // The link names the service's public address; this page may know it by another, and allow media of that only.
      const path = /api\/calls\/.*/.exec(url)?.[0];
      const link = path ? access.addressOf(path) : new URL(url);
      if (download) link.searchParams.set('download', '');
      return link.href;
    },
    async deleteRecording(callId, recordingSid) {
      await access.request(`api/calls/${callId}/recordings/${recordingSid}`, { method: 'DELETE' });
    },
    audit: (callId) => access.json(`api/calls/${callId}/audit`),
    follow: (listener) => followEvents(access, listener),
  };
}
