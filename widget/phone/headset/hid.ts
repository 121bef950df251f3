/** What we use of WebHID, which TypeScript does not know. WICG: WebHID API. */
export interface HidReportItem {
  readonly isRange?: boolean;
  readonly isArray?: boolean;
  readonly isConstant?: boolean;
  readonly isAbsolute?: boolean;
  /** A push button, which goes back by itself. */
  readonly hasPreferredState?: boolean;
  /** Usage page in the upper 16 bits. */
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  /** Bits of one field. */
  readonly reportSize?: number;
  readonly reportCount?: number;
}

export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidReportItem[];
}

export interface HidCollection {
  readonly usagePage?: number;
  readonly children?: readonly HidCollection[];
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
}

export interface HidInputReportEvent extends Event {
  readonly reportId: number;
  readonly data: DataView;
}

export interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>;
}

/** The browser's; undefined where there is none: Firefox, Safari, a page without https. */
export function browserHid(): Hid | undefined {
  return (navigator as { hid?: Hid }).hid;
}
