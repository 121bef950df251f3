/** Counts requests by the minute, in the database that all nodes share. */
export interface RequestCounts {
  /** Adds one to this counter's minute and gives its place: 1 for the first, on whichever node. */
  add(counter: string, now: Date): Promise<number>;
  /** Forgets minutes that are over. */
  sweep(now: Date): Promise<void>;
}
