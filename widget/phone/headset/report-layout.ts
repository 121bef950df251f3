import type { HidCollection, HidReport, HidReportItem } from './hid.ts';

/** One value inside of a report. */
export interface Field {
  /** Usage page in the upper 16 bits, usage in the lower. USB: HID Usage Tables. */
  readonly usage: number;
  /** From the first bit of the report. */
  readonly bit: number;
  /** The value is the state of a switch; otherwise a 1 is a push of a button. */
  readonly isState: boolean;
}

export interface ReportLayout {
  readonly reportId: number;
  /** Without the id. */
  readonly bytes: number;
  readonly fields: readonly Field[];
}

export type ReportDirection = 'inputReports' | 'outputReports';

function usageAt({ isRange, usages = [], usageMinimum = 0, usageMaximum = 0 }: HidReportItem, at: number): number {
  if (isRange) return Math.min(usageMinimum + at, usageMaximum);
  // The last usage stands for all fields that follow.
  return usages[Math.min(at, usages.length - 1)] ?? 0;
}

function layoutOf({ reportId = 0, items = [] }: HidReport): ReportLayout {
  const fields: Field[] = [];
  let bit = 0;
  for (const item of items) {
    const { reportSize = 0, reportCount = 0, isAbsolute = true, hasPreferredState = true } = item;
    for (let at = 0; at < reportCount; at += 1) {
      if (!item.isConstant && !item.isArray) {
        fields.push({ usage: usageAt(item, at), bit, isState: isAbsolute && !hasPreferredState });
      }
      bit += reportSize;
    }
  }
  return { reportId, bytes: Math.ceil(bit / 8), fields };
}

/** Where a device's values are, from its own description. A report that a collection shares with its parts is the whole. */
export function reportLayouts(
  collections: readonly HidCollection[],
  direction: ReportDirection,
  known: ReadonlySet<number> = new Set(),
): readonly ReportLayout[] {
  return collections.flatMap((collection) => {
    const own = (collection[direction] ?? []).map(layoutOf).filter(({ reportId }) => !known.has(reportId));
    const seen = new Set([...known, ...own.map(({ reportId }) => reportId)]);
    return [...own, ...reportLayouts(collection.children ?? [], direction, seen)];
  });
}

/** Of a value that is one bit, as all of a telephone are. */
export function isSet(data: DataView, bit: number): boolean {
  const byte = bit >> 3;
  return byte < data.byteLength && ((data.getUint8(byte) >> (bit & 7)) & 1) === 1;
}

/** The report in which these usages are on, and all others off. */
export function reportOf({ bytes, fields }: ReportLayout, on: ReadonlySet<number>): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes);
  for (const { usage, bit } of fields) {
    if (on.has(usage)) data[bit >> 3] = data[bit >> 3]! | (1 << (bit & 7));
  }
  return data;
}
