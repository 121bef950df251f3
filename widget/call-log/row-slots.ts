/**
 * Whose elements a row is drawn with. Rows that come in sight take over those of rows that have left it: to change what
 * is written in a row is several times cheaper than to make one, and scrolling does that for each row that it passes.
 */
export class RowSlots {
  #taken: ReadonlyMap<string, number> = new Map();

  /** The slots of the rows to draw now, in their order. A row that stays in sight keeps its own. */
  assign(ids: readonly string[]): number[] {
    const stay = new Set(ids);
    const free = [...this.#taken].filter(([id]) => !stay.has(id)).map(([, slot]) => slot);
    let unused = Math.max(-1, ...this.#taken.values()) + 1;
    const taken = new Map<string, number>();
    for (const id of ids) taken.set(id, this.#taken.get(id) ?? free.shift() ?? unused++);
    this.#taken = taken;
    return [...taken.values()];
  }
}
