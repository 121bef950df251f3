const KEYS = '0123456789*#ABCD';

/** Reads pressed keys out of RFC 4733 packets; the repeats of one key press share a timestamp. */
export class TelephoneEvents {
  #lastTimestamp: number | undefined;

  /** The key, on the first packet of its press. */
  read(payload: Uint8Array, timestamp: number): string | undefined {
    if (payload.length < 4 || timestamp === this.#lastTimestamp) return undefined;
    this.#lastTimestamp = timestamp;
    return KEYS[payload[0]!];
  }
}
