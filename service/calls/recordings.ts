/** Copies of recordings in a place of the operator's own. Rejects when the place cannot be reached. */
export interface RecordingCopies {
  /** Keeps the audio under the recording's name: all of it and durable when it resolves, nothing when it rejects. */
  keep(recordingSid: string, audio: AsyncIterable<Uint8Array>): Promise<void>;
  /** An answer of 200, 206 or 416; undefined when there is no copy. */
  open(recordingSid: string, range: string | undefined, signal: AbortSignal): Promise<Response | undefined>;
  remove(recordingSid: string): Promise<void>;
}

/** Recordings that only the operator's own key can make audible. */
export interface RecordingEncryption {
  /** By the parent leg of the call and the recording's SID. False, too, while the carrier cannot be asked. Never rejects. */
  isEncrypted(callSid: string, recordingSid: string): Promise<boolean>;
  /** The same, for whoever can wait: rejects while the carrier cannot be asked. */
  surelyIsEncrypted(callSid: string, recordingSid: string): Promise<boolean>;
}

/** Recordings as the log knows them, for their upkeep. */
export interface RecordingShelf {
  /** Calls with recordings that were completed since they were last taken up for copying. */
  notTakenUp(limit: number): Promise<{ callSid: string; made: number }[]>;
  /** All that were completed then wait for their copies. */
  takenUp(callSid: string, made: number): Promise<void>;
  /** Calls that began before this time and still have recordings. */
  olderThan(time: Date, limit: number): Promise<string[]>;
}
