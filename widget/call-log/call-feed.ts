import type { AuditEntry } from '../../service/admin-contract.ts';
import type { CALL_EVENT, CallPatch, CallRecord, SettingsAnswer } from '../../service/contract.ts';
import { showNumbersBy } from '../element/shown-number.ts';
import type { FollowedEvents } from '../service-events.ts';
import { isOwn, isTaken, matches, NO_FILTERS, queryOf, type CallFilters } from './call-filters.ts';
import type { CallLogClient } from './call-log-client.ts';
import {
  isBeyond,
  NO_CALLS,
  withCalls,
  withFirstPage,
  withNewestPage,
  withOlderPage,
  withoutCall,
} from './calls-shown.ts';
import type { CallsShown } from './calls-shown.ts';

const CALL: typeof CALL_EVENT = 'call';
const PAGE_SIZE = 50;
/** Calls are read after the stream is open, so that no change falls between; but not much later than at once. */
const STREAM_MS = 1500;

const OWN_CALLS_ONLY: SettingsAnswer = {
  defaultCountry: '',
  callerIds: [],
  dispositions: [],
  role: 'agent',
  agents: [],
};

/** The calls of the log as the service has them, live; and what the service says of this agent. */
export class CallFeed {
  shown: CallsShown = NO_CALLS;
  settings: SettingsAnswer = OWN_CALLS_ONLY;
  filters: CallFilters = NO_FILTERS;
  readonly #client: CallLogClient;
  readonly #changed: () => void;
  #events: FollowedEvents | undefined;
  #reading = new AbortController();
  /** What arrived by itself while a page was being read, which may be older. */
  #since: CallRecord[] | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #settled = false;
  /** Of what is shown something could not be read. */
  #stale = false;

  constructor(client: CallLogClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  start(): void {
    this.#late = setTimeout(() => void this.#read(), STREAM_MS);
    this.#events = this.#client.follow({
      onOpen: () => {
        this.#show({ ...this.shown, live: true });
        if (this.#stale && !this.#since) void this.#read();
        if (!this.#settled) void this.#ask();
      },
      onMissed: () => void this.#read(),
      onLost: () => {
        this.#show({ ...this.shown, live: false });
        if (this.shown.phase === 'loading') void this.#read();
      },
      onMessage: ({ event, data }) => event === CALL && this.put(JSON.parse(data) as CallRecord),
    });
  }

  stop(): void {
    clearTimeout(this.#late);
    this.#events?.stop();
    this.#reading.abort();
  }

  /** Shows other calls; those of the last filters stay until the new ones have come. */
  filter(filters: CallFilters): void {
    this.filters = filters;
    this.#show({ ...this.shown, phase: this.shown.phase === 'failed' ? 'loading' : this.shown.phase, busy: true });
    void this.#read();
  }

  retry(): void {
    this.#events?.retryNow();
    this.filter(this.filters);
  }

  /** The next older page, unless it is on its way or there is none. */
  async loadOlder(): Promise<void> {
    const { phase, olderCursor, older, busy } = this.shown;
    if (phase !== 'ready' || olderCursor === null || older === 'loading' || busy) return;
    this.#show({ ...this.shown, older: 'loading' });
    const { signal } = this.#reading;
    try {
      const page = await this.#client.page(this.#query(olderCursor), signal);
      if (!signal.aborted) this.#show(withOlderPage(this.shown, page));
    } catch {
      if (!signal.aborted) this.#show({ ...this.shown, older: 'failed' });
    }
  }

  /** A call as the service has just said it is. */
  put(call: CallRecord): void {
    this.#since?.push(call);
    if (this.shown.phase !== 'ready') return;
    this.#show(this.#joined(this.shown, call));
  }

  async patch(callId: string, patch: CallPatch): Promise<CallRecord> {
    const call = await this.#client.patch(callId, patch);
    this.put(call);
    return call;
  }

  /** The note of a call, read anew; null when there is none. */
  async noteOf(callId: string): Promise<string | null> {
    const call = await this.#client.get(callId);
    this.put(call);
    return call.note;
  }

  recordingUrl(callId: string, recordingSid: string, download = false): Promise<string> {
    return this.#client.recordingUrl(callId, recordingSid, download);
  }

  async deleteRecording(callId: string, recordingSid: string): Promise<void> {
    await this.#client.deleteRecording(callId, recordingSid);
    const call = this.shown.calls.find((each) => each.callId === callId);
    if (!call) return;
    const gone = { status: 'deleted' } as const;
    const recordings = call.recordings.map((each) =>
      each.recordingSid === recordingSid ? { ...each, ...gone } : each,
    );
    this.put({ ...call, recordings });
  }

  async deedsOf(callId: string): Promise<readonly AuditEntry[]> {
    return (await this.#client.audit(callId)).entries;
  }

  /** All calls that the filters leave, as a CSV file with words of that language. */
  csv(lang: 'ar' | 'en'): Promise<Blob> {
    const query = queryOf(this.filters, new Date());
    query.set('lang', lang);
    query.set('tz', Intl.DateTimeFormat().resolvedOptions().timeZone);
    return this.#client.csv(query);
  }

  #joined(shown: CallsShown, call: CallRecord): CallsShown {
    const { filters } = this;
    const isShown = shown.calls.some(({ callId }) => callId === call.callId);
    // It rang on that agent's phone, too, or it would not be here; what the telephone took is no colleague's.
    const asked = isShown && (!isTaken(call) || call.agent.id === '') ? { ...filters, agent: '' } : filters;
    if (!this.#isMine(call) || !matches(call, asked, new Date())) return withoutCall(shown, call.callId);
    return isBeyond(shown, call) ? shown : withCalls(shown, [call]);
  }

  /** A supervisor reads the calls of all. */
  #isMine(call: CallRecord): boolean {
    const { role, agent } = this.settings;
    return role !== 'agent' || !agent || isOwn(call, agent.id);
  }

  #query(cursor?: string): URLSearchParams {
    const query = queryOf(this.filters, new Date());
    query.set('limit', String(PAGE_SIZE));
    if (cursor !== undefined) query.set('cursor', cursor);
    return query;
  }

  async #read(): Promise<void> {
    clearTimeout(this.#late);
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    const { filters } = this;
    const since: CallRecord[] = [];
    this.#since = since;
    const others = this.shown.busy;
    if (this.shown.older === 'loading') this.#show({ ...this.shown, older: 'idle' });
    try {
      const page = await this.#client.page(this.#query(), signal);
      if (signal.aborted || filters !== this.filters) return;
      const dueFirst = filters.callBacks === 'open';
      const shown = others ? withFirstPage({ ...this.shown, dueFirst }, page) : withNewestPage(this.shown, page);
      this.#stale = false;
      this.#show(since.reduce((so, call) => this.#joined(so, call), shown));
    } catch {
      if (signal.aborted) return;
      this.#stale = true;
      const keeps = this.shown.phase === 'ready' && !others;
      this.#show({ ...this.shown, phase: keeps ? 'ready' : 'failed', busy: false });
    } finally {
      if (this.#since === since) this.#since = undefined;
    }
  }

  async #ask(): Promise<void> {
    try {
      this.settings = await this.#client.settings();
      this.#settled = true;
      void this.#learnHome();
      this.#show({ ...this.shown, calls: this.shown.calls.filter((call) => this.#isMine(call)) });
    } catch {
      // Without it the log is that of an agent, and the next connection asks again.
    }
  }

  /** Until it is known, and where it cannot be, numbers of home are shown as those of any country. */
  async #learnHome(): Promise<void> {
    try {
      showNumbersBy(await this.#client.homeForm(this.settings.defaultCountry));
      this.#changed();
    } catch {}
  }

  #show(shown: CallsShown): void {
    this.shown = shown;
    this.#changed();
  }
}
