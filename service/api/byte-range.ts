export interface RangedBody {
  status: 200 | 206 | 416;
  headers: Headers;
  body: ReadableStream<Uint8Array> | null;
}

interface Range {
  first: number;
  last: number;
}

/** First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n`; undefined when there is nothing to honour. */
function parseRange(range: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first <= last) return { first, last };
  return first >= size ? 'unsatisfiable' : undefined;
}

/** The bytes of one range as they come by. Ends, and with it the transfer, after the last of them. */
async function* cut(body: ReadableStream<Uint8Array>, { first, last }: Range): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const chunk of body) {
    const part = chunk.subarray(Math.max(0, first - position), Math.max(0, last + 1 - position));
    position += chunk.length;
    if (part.length > 0) yield part;
    if (position > last) return;
  }
}

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void parts.return(undefined),
  });
}

function sizeOf(upstream: Response): number | undefined {
  const length = upstream.headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/**
 * The part of the carrier's answer that the browser asked for (RFC 9110 §14). An answer that already is partial passes
 * as it is; of a whole one the part is cut out here, since `<audio>` can only seek in what answers 206. A whole one of
 * unknown length is passed on whole, as a server may.
 */
export function rangeOf(upstream: Response, range: string | undefined): RangedBody {
  const headers = new Headers({
    'Content-Type': upstream.headers.get('content-type') ?? 'audio/x-wav',
    'Accept-Ranges': 'bytes',
  });
  const copy = (name: string) => {
    const value = upstream.headers.get(name);
    if (value) headers.set(name, value);
  };
  if (upstream.status === 206 || upstream.status === 416) {
    copy('content-range');
    copy('content-length');
    return { status: upstream.status, headers, body: upstream.body };
  }
  const size = sizeOf(upstream);
  const part = size === undefined ? undefined : parseRange(range, size);
  if (part === undefined || upstream.body === null) {
    copy('content-length');
    return { status: 200, headers, body: upstream.body };
  }
  if (part === 'unsatisfiable') {
    void upstream.body.cancel();
    headers.set('Content-Range', `bytes */${size}`);
    return { status: 416, headers, body: null };
  }
  headers.set('Content-Range', `bytes ${part.first}-${part.last}/${size}`);
  headers.set('Content-Length', String(part.last - part.first + 1));
  return { status: 206, headers, body: streamOf(cut(upstream.body, part)) };
}
