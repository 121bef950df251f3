import type { AuditEntry } from '../../../service/admin-contract.ts';
import type { CallPatch, CallRecord, SettingsAnswer } from '../../../service/contract.ts';

/** A request as the stub heard it. */
export interface HeardCall {
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const SETTINGS: SettingsAnswer = {
  defaultCountry: 'EG',
  callerIds: [{ number: '+20223456789', label: null }],
  dispositions: [
    { id: 'sold', label: { ar: 'تم البيع', en: 'Sold' } },
    { id: 'follow-up', label: { ar: 'محتاج متابعة', en: 'Follow up' } },
  ],
  role: 'agent',
  agents: [],
};

/** For tests in a browser: the service behind `fetch`, with a log of its own. */
export class StubCalls {
  calls: readonly CallRecord[];
  settings = SETTINGS;
  readonly heard: HeardCall[] = [];
  /** Routes that answer with this status (0: never). */
  readonly failing = new Map<string, number>();
  /** What plays; a blob's address. */
  recordingUrl = '';
  /** Who did what, with any call. */
  audit: readonly AuditEntry[] = [];
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #fetch = globalThis.fetch;

  constructor(calls: readonly CallRecord[]) {
    this.calls = calls;
    globalThis.fetch = (input, init) => this.#answer(new Request(input, init));
  }

  restore(): void {
    globalThis.fetch = this.#fetch;
    this.breakStreams();
  }

  queries(): HeardCall['query'][] {
    return this.heard.filter(({ route }) => route === 'GET /api/calls').map(({ query }) => query);
  }

  send(call: CallRecord): void {
    const text = `event: call\ndata: ${JSON.stringify(call)}\n\n`;
    for (const stream of this.#streams) stream.enqueue(new TextEncoder().encode(text));
  }

  breakStreams(): void {
    for (const stream of this.#streams) stream.error(new Error('cut'));
    this.#streams.clear();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const route = `${request.method} ${pathname}`;
    const text = await request.text();
    const body: unknown = text ? JSON.parse(text) : undefined;
    this.heard.push({ route, query: Object.fromEntries(searchParams), body });
    const status = this.failing.get(route);
    if (status === 0) return await new Promise<never>(() => {});
    if (status) return Response.json({ code: 'internal', message: '', requestId: '' }, { status });
    if (pathname === '/auth') return Response.json({ token: 'x.e30.' });
    if (pathname === '/api/calls/events') return new Response(this.#stream());
    if (pathname === '/api/calls/settings') return Response.json(this.settings);
    if (pathname === '/api/calls.csv')
      return new Response('\ufeffCall\r\n', { headers: { 'content-type': 'text/csv' } });
    if (pathname === '/api/calls') return Response.json(this.#page(searchParams));
    if (pathname.endsWith('/audit')) return Response.json({ entries: this.audit, nextCursor: null });
    if (request.method === 'DELETE') return new Response(null, { status: 204 });
    if (pathname.includes('/recordings/')) return Response.json({ url: this.recordingUrl, expiresAt: '' });
    if (request.method === 'PATCH') return this.#patched(pathname, body as CallPatch);
    const call = this.calls.find(({ callId }) => pathname.endsWith(callId));
    if (call) return Response.json(call);
    return Response.json({}, { status: 404 });
  }

  #stream(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#streams.add(controller);
        controller.enqueue(new TextEncoder().encode(': connected\n\n'));
      },
    });
  }

  #page(query: URLSearchParams): object {
    const outcome = query.get('outcome');
    const search = query.get('search') ?? '';
    const found = this.calls.filter(
      (call) =>
        (!outcome || call.outcome === outcome) && `${call.customer.name} ${call.customer.number}`.includes(search),
    );
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    return { calls: found.slice(from, to), nextCursor: to < found.length ? String(to) : null };
  }

  #patched(pathname: string, { callBackAt, noteBefore, ...patch }: CallPatch): Response {
    const at = this.calls.findIndex(({ callId }) => pathname.endsWith(callId));
    if (noteBefore !== undefined && (noteBefore || null) !== this.calls[at]!.note)
      return Response.json({ code: 'note-changed', message: '', requestId: '' }, { status: 409 });
    const call = { ...this.calls[at]!, ...(patch as Partial<CallRecord>) };
    if (callBackAt) call.callBack = { at: callBackAt, doneAt: null };
    if (callBackAt === null) delete call.callBack;
    this.calls = this.calls.with(at, call);
    return Response.json(call);
  }
}
