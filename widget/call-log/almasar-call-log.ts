import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { fetchAuthToken } from '../element/auth-endpoint.ts';
import type { CallRecord } from '../../service/contract.ts';
import { copyClean } from '../element/clean-copy.ts';
import { tokens } from '../element/styles/tokens.ts';
import type { CallLogMessages } from '../locales/call-log-messages.ts';
import { CallFeed } from './call-feed.ts';
import { NO_FILTERS, type CallFilters } from './call-filters.ts';
import { createCallLogClient, type CallLogClient } from './call-log-client.ts';
import { CallsFile } from './calls-file.ts';
import { createCallTimes, type CallTimes, type Numerals } from './call-times.ts';
import { ContactNames, type LookupContact } from './contact-names.ts';
import { AlmasarCallLogCloseEvent, AlmasarCallLogOpenEvent, AlmasarCallLogSavedEvent } from './events.ts';
import { LogLanguage, type CallLogWords } from './log-language.ts';
import { NoteDrafts, type DraftField } from './note-drafts.ts';
import { OversightPart } from './oversight-part.ts';
import { Playback } from './playback.ts';
import { RowWindow } from './row-window.ts';
import { details } from './styles/details.ts';
import { frame } from './styles/frame.ts';
import { rows } from './styles/rows.ts';
import { empty, failed, loading } from './views/blank.ts';
import { list } from './views/list.ts';
import type { LogFace } from './views/log-face.ts';
import { customerOf } from './views/row.ts';
import { setup } from './views/setup.ts';
import { toolbar } from './views/toolbar.ts';

const TYPING_MS = 300;

/**
 * The calls of the agent who is signed in (of all agents, for a supervisor): live, searchable, with recordings,
 * notes and dispositions. Numbers are `tel:` links, which `<almasar-dialer>` calls.
 *
 * It is 560 px high; give it another `block-size` by CSS. Its rows scroll inside of it, and become cards where it is
 * narrower than 640 px.
 *
 * @summary A live call log for any page, in Arabic or English.
 * @tag almasar-call-log
 *
 * @attr {string} service - Address of the service. Without it the element shows what is missing.
 * @attr {string} auth-endpoint - Address that answers a POST (with cookies) with `{"token": "<the agent's JWT>"}`.
 * @attr {string} lang - Language: `ar…` is Arabic, else English, or one of `messages`. Without it, that of the page around the element.
 * @attr {latn | arab} numerals - Digits of dates, durations and counts: `latn` 123, `arab` ١٢٣. Telephone numbers are always 123.
 *
 * @slot empty - In place of the words that are shown while there are no calls at all.
 * @slot details - The page's own content in the open row; `almasar-call-log-open` says of which call.
 *
 * @fires {AlmasarCallLogOpenEvent} almasar-call-log-open - The details of a call are open: `{callId, number, name, direction}`.
 * @fires {AlmasarCallLogCloseEvent} almasar-call-log-close - They are closed again: `{callId}`.
 * @fires {AlmasarCallLogSavedEvent} almasar-call-log-saved - The service has taken a note, disposition or call-back: `{callId, note, disposition, callBackAt}`.
 *
 * @csspart frame - The whole surface.
 * @csspart toolbar - Search, filters and state.
 * @csspart search - The search field.
 * @csspart filters-button - Shows the filters where there is little room.
 * @csspart filter - One filter's field.
 * @csspart clear-filters-button - Takes all filters and the search away.
 * @csspart export-button - Saves the calls that the filters leave as a CSV file.
 * @csspart status - How many calls are shown, and whether they are live.
 * @csspart loading - What is shown until the first calls have come.
 * @csspart empty - What is shown when there are no calls.
 * @csspart error - What is shown when the log could not be read.
 * @csspart setup - What is shown until the page has set the element up.
 * @csspart retry-button - Tries again what failed.
 * @csspart table - The list.
 * @csspart header - The names of the columns.
 * @csspart row - One call.
 * @csspart name - The customer's name.
 * @csspart number - The customer's number, a `tel:` link.
 * @csspart outcome - How the call ended, or what it is doing.
 * @csspart refusal - Why the service did not put a call through.
 * @csspart disposition - The disposition, in the row.
 * @csspart call-back - The `tel:` link of a call that nobody took.
 * @csspart quick-play-button - Opens a row and plays its recording.
 * @csspart details-button - Opens and closes a row.
 * @csspart details - The open row's details.
 * @csspart player - The player of one recording.
 * @csspart play-button - Plays and pauses.
 * @csspart seek - The place in the recording.
 * @csspart sides - Whom to listen to: both, the agent, the customer.
 * @csspart speed - The speed.
 * @csspart download-button - Downloads the recording.
 * @csspart delete-button - Asks whether the recording is to be deleted; supervisors and admins have it.
 * @csspart delete-question - That question.
 * @csspart delete-for-good-button - Deletes it.
 * @csspart history-button - Shows who did what with the call; supervisors and admins have it.
 * @csspart deed - One of those deeds.
 * @csspart disposition-field - The disposition, to be changed.
 * @csspart note-field - The note, to be written.
 * @csspart call-back-field - When to call the customer again, to be changed.
 * @csspart save-button - Saves the note.
 * @csspart saved-state - Whether the service has what was written.
 *
 * @cssprop [--almasar-accent=light-dark(#0b5f5b, #63c9c0)] - Colour of focus, marks and secondary actions.
 * @cssprop [--almasar-font=system-ui] - First font family.
 */
export class AlmasarCallLog extends LitElement {
  static override properties = {
    service: {},
    authEndpoint: { attribute: 'auth-endpoint' },
    numerals: {},
    getAuthToken: { attribute: false },
    filters: { attribute: false },
    lookupContact: { attribute: false },
    messages: { attribute: false },
    filtersOpen: { state: true, attribute: false },
    openId: { state: true, attribute: false },
    focusedId: { state: true, attribute: false },
    downloadFailed: { state: true, attribute: false },
    halfFilled: { state: true, attribute: false },
  };
  static override styles = [tokens, frame, rows, details];

  readonly #language: LogLanguage = new LogLanguage(this);
  readonly #rows = new RowWindow(this);
  readonly #contacts = new ContactNames(() => this.requestUpdate());
  readonly #playback = new Playback(() => this.requestUpdate());
  readonly #file = new CallsFile(() => this.requestUpdate());
  readonly #drafts = new NoteDrafts(
    (callId, patch) => this.#feed?.patch(callId, patch) ?? Promise.reject(new Error('The log is not set up.')),
    async (callId) => this.#feed!.noteOf(callId),
    () => this.requestUpdate(),
  );
  readonly #oversight = new OversightPart({
    deleteRecording: (...of) => this.#feed!.deleteRecording(...of),
    deedsOf: (callId) => this.#feed!.deedsOf(callId),
    changed: () => this.requestUpdate(),
    drawn: () => this.updateComplete,
  });
  #feed: CallFeed | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #times: { readonly of: CallLogMessages; readonly numerals: Numerals; readonly times: CallTimes } | undefined;

  declare service: string | undefined;
  declare authEndpoint: string | undefined;
  declare numerals: Numerals;
  /** Answers with the JWT of the agent who is signed in to the page. Wins over `auth-endpoint`. */
  declare getAuthToken: (() => Promise<string>) | undefined;
  /** What narrows the log; replaced as the agent chooses. Set it to show the calls of one customer, say. */
  declare filters: CallFilters;
  /** The page's own knowledge of a number, asked for calls in sight that have no name. */
  declare lookupContact: LookupContact | undefined;
  /** Words of the page's own, by language tag: they replace ours, or add a language. */
  declare messages: CallLogWords;
  declare private filtersOpen: boolean;
  declare private openId: string | null;
  declare private focusedId: string | null;
  declare private downloadFailed: string | null;
  declare private halfFilled: string | null;

  constructor() {
    super();
    this.numerals = 'latn';
    this.filters = NO_FILTERS;
    this.messages = {};
    this.filtersOpen = false;
    this.openId = this.focusedId = this.downloadFailed = this.halfFilled = null;
  }

  get #missing(): 'service' | 'auth' | null {
    if (!this.service) return 'service';
    return this.getAuthToken || this.authEndpoint ? null : 'auth';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#feed?.start();
  }

  /** Moved by `moveBefore()`: nothing to take down or to set up. */
  connectedMoveCallback(): void {}

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#feed?.stop();
    this.#playback.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#contacts.lookup = this.lookupContact;
    if (!this.#feed || ['service', 'authEndpoint', 'getAuthToken'].some((key) => changed.has(key))) this.#setUp();
    else if (changed.has('filters')) this.#feed.filter(this.filters);
    const calls = this.#feed?.shown.calls ?? [];
    this.#rows.set(
      calls.map(({ callId }) => callId),
      this.openId,
    );
    const open = calls.find(({ callId }) => callId === this.openId);
    if (this.#feed) this.#oversight.follow(this.renderRoot, this.#feed.settings, open);
  }

  protected override updated(): void {
    const { shown } = this.#feed ?? {};
    if (shown?.phase === 'ready' && shown.older === 'idle' && this.#rows.nearEnd) void this.#feed?.loadOlder();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await this.#language.ready;
    return await super.getUpdateComplete();
  }

  #setUp(): void {
    this.#feed?.stop();
    this.#feed = undefined;
    const { service } = this;
    if (!service || this.#missing) return;
    const getAuthToken = () => this.#authToken();
    const client: CallLogClient = createCallLogClient({ service, getAuthToken });
    this.#feed = new CallFeed(client, () => this.requestUpdate());
    this.#feed.filters = this.filters;
    if (this.isConnected) this.#feed.start();
  }

  async #authToken(): Promise<string> {
    if (this.getAuthToken) return await this.getAuthToken();
    return await fetchAuthToken(this.authEndpoint ?? '');
  }

  #timesOf(t: CallLogMessages): CallTimes {
    const numerals = this.numerals === 'arab' ? 'arab' : 'latn';
    if (this.#times?.of !== t || this.#times.numerals !== numerals) {
      this.#times = { of: t, numerals, times: createCallTimes(t.locale, numerals, t) };
    }
    return this.#times.times;
  }

  #search(text: string, at: 'pause' | 'once'): void {
    clearTimeout(this.#typing);
    const search = () => {
      if (text !== this.filters.search) this.#filter({ search: text });
    };
    if (at === 'once') search();
    else this.#typing = setTimeout(search, TYPING_MS);
  }

  #filter(some: Partial<CallFilters>): void {
    this.filters = { ...this.filters, ...some };
    this.#rows.toTop();
  }

  #clearFilters(): void {
    clearTimeout(this.#typing);
    this.#filter(NO_FILTERS);
    const field = this.renderRoot.querySelector<HTMLInputElement>('[type=search]');
    if (!field) return;
    field.value = '';
    field.focus();
  }

  #toggle(call: CallRecord): void {
    const { callId, customer, direction } = call;
    if (this.openId) this.#drafts.settle(this.openId);
    this.downloadFailed = this.halfFilled = null;
    if (this.openId === callId) {
      this.openId = null;
      this.dispatchEvent(new AlmasarCallLogCloseEvent({ callId }));
      return;
    }
    this.openId = callId;
    const { name } = customerOf({ contacts: this.#contacts }, call);
    this.dispatchEvent(new AlmasarCallLogOpenEvent({ callId, number: customer.number, name, direction }));
  }

  #play(call: CallRecord, recordingSid: string): void {
    if (this.openId !== call.callId) this.#toggle(call);
    const feed = this.#feed;
    if (feed) void this.#playback.play(recordingSid, () => feed.recordingUrl(call.callId, recordingSid));
  }

  async #download(call: CallRecord, recordingSid: string): Promise<void> {
    this.downloadFailed = null;
    try {
      const anchor = document.createElement('a');
      anchor.href = (await this.#feed?.recordingUrl(call.callId, recordingSid, true)) ?? '';
      anchor.download = '';
      anchor.click();
    } catch {
      this.downloadFailed = recordingSid;
    }
  }

  async #save({ callId }: CallRecord, field: DraftField): Promise<void> {
    const record = await this.#drafts.save(callId, field);
    if (!record) return;
    const { note, disposition, callBack } = record;
    const callBackAt = callBack?.doneAt === null ? callBack.at : null;
    this.dispatchEvent(new AlmasarCallLogSavedEvent({ callId, note, disposition, callBackAt }));
  }

  /** Arrow keys go from row to row, to the button or link of the same kind; Escape closes the open row. */
  #keydown(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    const calls = this.#feed?.shown.calls ?? [];
    const id = target.closest<HTMLElement>('[data-call-id]')?.dataset['callId'];
    const at = calls.findIndex(({ callId }) => callId === id);
    const call = calls[at];
    if (key === 'Escape' && call && this.openId === id) this.#toggle(call);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const next = step && calls[at + step];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#rows.reveal(at + step);
    this.requestUpdate();
    void this.#focusIn(next.callId, target.part.value);
  }

  async #focusIn(callId: string, part: string): Promise<void> {
    await this.updateComplete;
    const row = this.renderRoot.querySelector(`[data-call-id="${CSS.escape(callId)}"]`);
    const same = row?.querySelector<HTMLElement>(`[part="${part}"]`);
    (same ?? row?.querySelector<HTMLElement>('.expand'))?.focus({ preventScroll: true });
  }

  #focusMoved({ type, target, relatedTarget }: FocusEvent): void {
    const element = type === 'focusin' ? target : relatedTarget;
    const row = element instanceof Element ? element.closest<HTMLElement>('[data-call-id]') : null;
    this.focusedId = row?.dataset['callId'] ?? null;
  }

  #face(t: CallLogMessages, feed: CallFeed): LogFace {
    const { filters, filtersOpen, openId, focusedId, downloadFailed, halfFilled } = this;
    return {
      t,
      times: this.#timesOf(t),
      now: new Date(),
      shown: feed.shown,
      settings: feed.settings,
      filters,
      filtersOpen,
      rows: this.#rows,
      contacts: this.#contacts,
      drafts: this.#drafts,
      playback: this.#playback,
      file: this.#file,
      oversight: this.#oversight.oversight,
      openId,
      focusedId,
      downloadFailed,
      halfFilled,
      toggleFilters: () => (this.filtersOpen = !this.filtersOpen),
      search: (text, at) => this.#search(text, at),
      filter: (some) => this.#filter(some),
      clearFilters: () => this.#clearFilters(),
      toggle: (call) => this.#toggle(call),
      play: (call, recordingSid) => this.#play(call, recordingSid),
      download: (call, recordingSid) => void this.#download(call, recordingSid),
      write: ({ callId, note }, field, value) => this.#drafts.write(callId, field, value, note),
      save: (call, field) => void this.#save(call, field),
      halfFill: (text) => (this.halfFilled = text),
      saveFile: () => void this.#file.save(() => feed.csv(t.dir === 'rtl' ? 'ar' : 'en')),
      retry: () => feed.retry(),
      loadOlder: () => void feed.loadOlder(),
      focusMoved: (event) => this.#focusMoved(event),
      keydown: (event) => this.#keydown(event),
    };
  }

  /** Opens the details of a call that is in the list, or closes them with null. */
  open(callId: string | null): void {
    const calls = this.#feed?.shown.calls ?? [];
    const index = calls.findIndex((call) => call.callId === (callId ?? this.openId));
    const call = calls[index];
    if (!call || callId === this.openId) return;
    this.#toggle(call);
    if (callId) this.#rows.reveal(index);
  }

  /** Reads the calls anew; those that are shown stay until the others have come. */
  refresh(): void {
    this.#feed?.retry();
  }

  protected override render(): TemplateResult | typeof nothing {
    const t = this.#language.messages;
    if (!t) return nothing;
    const feed = this.#feed;
    return html`<section part="frame" dir=${t.dir} lang=${t.lang} aria-label=${t.log} @copy=${copyClean}>
      ${feed ? this.#content(this.#face(t, feed)) : setup(t, this.#missing ?? 'service')}
    </section>`;
  }

  #content(face: LogFace): TemplateResult {
    const { phase, calls } = face.shown;
    const body = phase === 'loading' ? loading : phase === 'failed' ? failed : calls.length === 0 ? empty : list;
    return html`${toolbar(face)}${body(face)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'almasar-call-log': AlmasarCallLog;
  }
}
