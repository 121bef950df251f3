/** What the bridge in a frame of another origin asks of the page: to call. */
export interface FramedDial {
  readonly type: 'almasar-dial';
  readonly to: string;
  readonly name?: string | undefined;
}

/** What the page answers once it takes that on itself; without it, the frame follows the link. */
export const TAKEN = 'almasar-dial-taken';

/** A request to call from a window inside of this one, at whatever depth, and of one of the `origins`; others are nobody's business. */
export function framedDialOf(
  { data, origin, source }: MessageEvent<Partial<Record<keyof FramedDial, unknown>> | null>,
  origins: string,
): Pick<FramedDial, 'to' | 'name'> | undefined {
  const { type, to, name } = data ?? {};
  if (type !== 'almasar-dial' || typeof to !== 'string' || !origins.split(/\s+/).includes(origin)) return undefined;
  let each = source as Window | null;
  // The outermost window is its own parent, that of a removed frame has none.
  while (each && each !== window) each = each === each.parent ? null : each.parent;
  return each ? { to, name: typeof name === 'string' ? name : undefined } : undefined;
}
