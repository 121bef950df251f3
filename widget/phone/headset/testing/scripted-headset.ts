import type { Hid, HidCollection, HidDevice, HidReportItem } from '../hid.ts';

const bit = (usage: number, rest: HidReportItem = {}): HidReportItem => ({
  usages: [usage],
  reportSize: 1,
  reportCount: 1,
  isAbsolute: true,
  hasPreferredState: true,
  ...rest,
});
const padding = (reportCount: number): HidReportItem => ({ reportSize: 1, reportCount, isConstant: true, usages: [] });

const HOOK = 0x0b0020;
const FLASH = 0x0b0021;
const MUTE = 0x0b002f;
const LED_MUTE = 0x080009;
const LED_OFF_HOOK = 0x080017;
const LED_RING = 0x080018;
const LED_HOLD = 0x080020;

/**
 * A desk headset: the hook is a switch, mute and flash are buttons; the lamps are a part of the telephone, whose
 * collection lists their report once more. Beside it, volume keys and a vendor's page.
 */
export const SWITCH_HEADSET: readonly HidCollection[] = [
  {
    usagePage: 0x0c,
    inputReports: [{ reportId: 1, items: [{ usages: [0x0c00e9, 0x0c00ea], reportSize: 1, reportCount: 2 }] }],
  },
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 2,
        items: [
          bit(HOOK, { hasPreferredState: false }),
          { usages: [0x0b0097], reportSize: 1, reportCount: 1, isAbsolute: true, hasPreferredState: false },
          bit(MUTE, { isAbsolute: false }),
          bit(FLASH, { isAbsolute: false }),
          // A dial pad, as a choice of one of its keys.
          {
            isRange: true,
            isArray: true,
            usageMinimum: 0x0b00b0,
            usageMaximum: 0x0b00bb,
            reportSize: 4,
            reportCount: 1,
          },
          padding(8),
        ],
      },
    ],
    outputReports: [
      {
        reportId: 2,
        items: [{ usages: [LED_MUTE, LED_OFF_HOOK, LED_RING, LED_HOLD], reportSize: 1, reportCount: 4 }, padding(12)],
      },
    ],
    children: [
      {
        usagePage: 0x08,
        outputReports: [{ reportId: 2, items: [{ usages: [LED_RING], reportSize: 1, reportCount: 1 }] }],
      },
    ],
  },
  {
    usagePage: 0xff00,
    outputReports: [{ reportId: 4, items: [{ usages: [0xff000001], reportSize: 8, reportCount: 31 }] }],
  },
];

/** A simple one: the hook is a push button, mute a switch, each lamp has a report of its own in a part of the telephone. */
export const BUTTON_HEADSET: readonly HidCollection[] = [
  {
    usagePage: 0x0b,
    children: [
      {
        usagePage: 0x0b,
        inputReports: [
          {
            reportId: 5,
            items: [
              padding(3),
              { isRange: true, usageMinimum: HOOK, usageMaximum: FLASH, reportSize: 1, reportCount: 2 },
              padding(3),
              bit(MUTE, { hasPreferredState: false }),
              padding(7),
            ],
          },
        ],
      },
      {
        usagePage: 0x08,
        outputReports: [
          { reportId: 6, items: [padding(1), bit(LED_OFF_HOOK)] },
          { reportId: 7, items: [bit(LED_RING)] },
          { reportId: 8, items: [bit(LED_MUTE)] },
        ],
      },
    ],
  },
];

/** A headset as the browser has it: what it was told, and its buttons. */
export class ScriptedHeadset extends EventTarget implements HidDevice {
  opened = false;
  refuses = false;
  readonly told: string[] = [];
  readonly collections: readonly HidCollection[];

  constructor(collections: readonly HidCollection[]) {
    super();
    this.collections = collections;
  }

  open(): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException('busy', 'NotAllowedError'));
    this.opened = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.opened = false;
    return Promise.resolve();
  }

  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.opened) return Promise.reject(new DOMException('closed', 'InvalidStateError'));
    this.told.push(`${reportId}: ${data.join(' ')}`);
    return Promise.resolve();
  }

  send(reportId: number, ...bytes: number[]): void {
    const data = new DataView(Uint8Array.from(bytes).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }));
  }
}

/** The browser's list of them. */
export class ScriptedHid extends EventTarget implements Hid {
  permitted: HidDevice[] = [];
  /** Null: the person picks none, or the browser lets no page ask. */
  picked: HidDevice[] | null = [];
  asked: unknown[] = [];

  install(): void {
    Object.defineProperty(navigator, 'hid', { configurable: true, value: this });
  }

  remove(): void {
    Reflect.deleteProperty(navigator, 'hid');
  }

  getDevices(): Promise<HidDevice[]> {
    return Promise.resolve(this.permitted);
  }

  requestDevice(options: unknown): Promise<HidDevice[]> {
    this.asked.push(options);
    this.permitted = [...new Set([...this.permitted, ...(this.picked ?? [])])];
    return this.picked ? Promise.resolve(this.picked) : Promise.reject(new DOMException('no', 'SecurityError'));
  }

  plug(type: 'connect' | 'disconnect', device: HidDevice): void {
    this.dispatchEvent(Object.assign(new Event(type), { device }));
  }
}
