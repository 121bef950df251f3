/** What the bridge in a frame of another origin asks of the page: to call. */
export interface FramedDial {
  readonly type: 'almasar-dial';
  readonly to: string;
  readonly name?: string | undefined;
}

/** What the page answers once it takes that on itself; without it, the frame follows the link. */
export const TAKEN = 'almasar-dial-taken';

const LONGEST = 200;

function isFramedDial(data: unknown): data is FramedDial {
  const { type, to, name } = (data ?? {}) as Partial<FramedDial>;
  return (
    type === 'almasar-dial' &&
    typeof to === 'string' &&
    to.length <= LONGEST &&
    /^(string|undefined)$/.test(typeof name)
  );
}

/** It is a window inside of this one, at whatever depth. */
function isFramed(source: Window): boolean {
  let each = source;
  // The outermost window is its own parent, that of a removed frame has none.
  while (each && each !== each.parent && each !== window) each = each.parent;
  return source !== window && each === window;
}

/** The request to call in a message from a frame inside of this page whose origin is in `origins`; others are nobody's business. */
export function framedDialOf({ data, origin, source }: MessageEvent<unknown>, origins: string): FramedDial | undefined {
  const listed = origins.split(/\s+/).includes(origin);
  return listed && isFramedDial(data) && isFramed(source as Window) ? data : undefined;
}
