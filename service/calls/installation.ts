/** What one installation of the service keeps about itself, for all of its nodes. */
export interface Installation {
  /** Names this installation at the carrier: made once, the same on every node. */
  id(): Promise<string>;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /**
   * Takes a task for one node alone, for at most `ms`: false while another has it. A node that dies in it gives it up by
   * time.
   */
  lease(task: string, now: Date, ms: number): Promise<boolean>;
  release(task: string): Promise<void>;
}
