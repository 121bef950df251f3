/** What one installation of the service keeps about itself, for all of its nodes. */
export interface Installation {
  /** Names this installation at the carrier: made once, the same on every node. */
  id(): Promise<string>;
  get(name: string): Promise<string | undefined>;
  /**
   * Takes a task for one node alone, for at most `ms`: false while another has it. A node that dies in it gives it up by
   * time.
   */
  lease(task: string, now: Date, ms: number): Promise<boolean>;
  /** Keeps a lease for `ms` more; false for one that this node has lost: it stays lost. */
  renew(task: string, now: Date, ms: number): Promise<boolean>;
  /** Sets a value while this node has the lease of a task; false, and nothing is set, when it has lost it. */
  setUnder(task: string, name: string, value: string): Promise<boolean>;
  release(task: string): Promise<void>;
}
