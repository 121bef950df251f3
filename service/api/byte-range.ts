export interface RangedBody {
  status: 200 | 206 | 416;
  headers: Headers;
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null;
}

/** First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n`; undefined when there is nothing to honour. */
function parseRange(
  range: string | undefined,
  size: number,
): { first: number; last: number } | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size ? 'unsatisfiable' : { first, last };
}

/**
 * The part of the carrier's answer that the browser asked for (RFC 9110 §14). An answer that already is partial passes
 * as it is; a whole one is cut here, since `<audio>` can only seek in what answers 206.
 */
export async function rangeOf(upstream: Response, range: string | undefined): Promise<RangedBody> {
  const headers = new Headers({
    'Content-Type': upstream.headers.get('content-type') ?? 'audio/x-wav',
    'Accept-Ranges': 'bytes',
  });
  const copy = (name: string) => {
    const value = upstream.headers.get(name);
    if (value) headers.set(name, value);
  };
  if (upstream.status === 206) {
    copy('content-range');
    copy('content-length');
    return { status: 206, headers, body: upstream.body };
  }
  if (range === undefined) {
    copy('content-length');
    return { status: 200, headers, body: upstream.body };
  }
  const whole = new Uint8Array(await upstream.arrayBuffer());
  const part = parseRange(range, whole.length);
  if (part === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${whole.length}`);
    return { status: 416, headers, body: null };
  }
  if (!part) return { status: 200, headers, body: whole };
  headers.set('Content-Range', `bytes ${part.first}-${part.last}/${whole.length}`);
  headers.set('Content-Length', String(part.last - part.first + 1));
  return { status: 206, headers, body: whole.subarray(part.first, part.last + 1) };
}
