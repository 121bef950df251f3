/** Where rows lie: all of one height, but for one that is open and has its details below it. In pixels. */
export interface RowLayout {
  readonly count: number;
  readonly rowHeight: number;
  /** Index of the open row; -1 when none is. */
  readonly open: number;
  readonly detailsHeight: number;
}

/** Distance of a row from the top of the list. */
export function topOf({ rowHeight, open, detailsHeight }: RowLayout, index: number): number {
  return index * rowHeight + (open >= 0 && index > open ? detailsHeight : 0);
}

export function listHeight(layout: RowLayout): number {
  return topOf(layout, layout.count) + (layout.open === layout.count ? layout.detailsHeight : 0);
}

/** The row at a distance from the top of the list; the first or the last one beyond its ends. */
export function rowAt({ count, rowHeight, open, detailsHeight }: RowLayout, distance: number): number {
  const below = open >= 0 && distance >= (open + 1) * rowHeight;
  const index = Math.floor(
    (below ? Math.max((open + 1) * rowHeight - 1, distance - detailsHeight) : distance) / rowHeight,
  );
  return Math.max(0, Math.min(count - 1, index));
}

/**
 * The rows to draw: those in sight, `margin` more on either side, and the ones `kept` (open, or with the focus in
 * them) wherever they are. In their order.
 */
export function rowsToDraw(
  layout: RowLayout,
  sight: { readonly top: number; readonly height: number },
  margin: number,
  kept: readonly number[],
): number[] {
  if (layout.count === 0) return [];
  const first = Math.max(0, rowAt(layout, sight.top) - margin);
  const last = Math.min(layout.count - 1, rowAt(layout, sight.top + sight.height) + margin);
  const rows: number[] = [];
  for (let index = first; index <= last; index += 1) rows.push(index);
  const apart = kept.filter((index) => index >= 0 && index < layout.count && (index < first || index > last));
  return [...new Set([...rows, ...apart])].sort((a, b) => a - b);
}
