/** Copies of recordings in a place of the operator's own. Rejects when the place cannot be reached. */
export interface RecordingCopies {
  /** Keeps what the file holds under the recording's name; durable when it resolves. */
  keep(recordingSid: string, file: string): Promise<void>;
  /** An answer of 200, 206 or 416; undefined when there is no copy. */
  open(recordingSid: string, range: string | undefined, signal: AbortSignal): Promise<Response | undefined>;
  remove(recordingSid: string): Promise<void>;
}

/** Recordings as the log knows them, for their upkeep. */
export interface RecordingShelf {
  /** Calls with recordings that were completed since copies were last made of them. */
  uncopied(limit: number): Promise<{ callSid: string; made: number }[]>;
  /** Copies were made of all that were completed then. */
  copied(callSid: string, made: number): Promise<void>;
  /** Calls that began before this time and still have recordings. */
  olderThan(time: Date, limit: number): Promise<string[]>;
}
