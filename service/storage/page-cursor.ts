/** The place of a call in a page's order: by a time (ISO 8601, UTC), then by its id. */
export type Place = readonly [time: string, callId: string];

export function cursorOf([time, callId]: Place): string {
  return Buffer.from(`${time}|${callId}`).toString('base64url');
}

/** Throws a RangeError for a cursor that is not ours. */
export function parseCursor(cursor: string): Place {
  const [, time, callId] =
    /^([\dT:.Z-]{20,30})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!time || !callId || Number.isNaN(Date.parse(time))) {
    throw new RangeError('cursor is not one of ours: send the nextCursor of a page, or none.');
  }
  return [time, callId];
}
