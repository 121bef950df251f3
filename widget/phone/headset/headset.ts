import { HeadsetButtons, type HeadsetCalls, type HeadsetState } from './headset-buttons.ts';
import { browserHid, type HidDevice, type HidInputReportEvent } from './hid.ts';
import { rememberHeadsetPicked } from './picked-before.ts';
import { isSet, reportLayouts, reportOf, type ReportLayout } from './report-layout.ts';
import { LED_MUTE, LED_OFF_HOOK, LED_RING, TELEPHONY_PAGE } from './telephony.ts';

export interface Headset {
  /** Lets the agent pick one: whether one was. In a click; rejects with nothing. */
  connect: () => Promise<boolean>;
  /** Takes up the one that was picked before, now and whenever it is plugged in. Asks nobody. */
  restore: () => Promise<void>;
  /** What its lamps and its own idea of the call are to be. */
  show: (state: HeadsetState) => void;
  /** Leaves it as it is to another tab, until `restore`. */
  release: () => void;
  close: () => void;
}

interface Attached {
  readonly device: HidDevice;
  readonly buttons: HeadsetButtons;
  readonly outputs: readonly ReportLayout[];
  /** By report id, what it was told last. */
  readonly told: Map<number, string>;
  readonly onReport: (event: Event) => void;
}

function isTelephone({ collections }: HidDevice): boolean {
  return collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE);
}

function lampsOf({ ringing, inCall, muted }: HeadsetState): ReadonlySet<number> {
  const lamps = [ringing && LED_RING, inCall && LED_OFF_HOOK, inCall && muted && LED_MUTE];
  return new Set(lamps.filter((usage) => usage !== false));
}

/** Elements of one page have one device between them: whoever leaves it does not close it for the others. */
const inUse = new Set<Attached>();

const NO_CALL: HeadsetState = Object.freeze({ ringing: false, inCall: false, muted: false });

/**
 * The buttons of a USB headset, by WebHID; does nothing in a browser without it. Both ways: what the agent does on the
 * screen is told to the headset, or there would be two different mutes.
 */
export function createHeadset(calls: HeadsetCalls): Headset {
  const hid = browserHid();
  let state = NO_CALL;
  let attached: Attached | undefined;
  let picked: HidDevice | undefined;
  /** It is this page’s turn. */
  let isOurs = false;
  /** A headset takes one report after the other. */
  let sending: Promise<unknown> = Promise.resolve();

  function tell(state: HeadsetState): void {
    const now = attached;
    if (!now) return;
    const on = lampsOf(state);
    for (const layout of now.outputs) {
      const data = reportOf(layout, on);
      if (now.told.get(layout.reportId) === data.join()) continue;
      now.told.set(layout.reportId, data.join());
      now.buttons.told(performance.now());
      sending = sending.then(() => now.device.sendReport(layout.reportId, data)).catch(() => {});
    }
  }

  async function attach(devices: readonly HidDevice[]): Promise<void> {
    const device = devices.find(isTelephone);
    if (!device || attached || !isOurs) return;
    const buttons = new HeadsetButtons(calls);
    const inputs = reportLayouts(device.collections, 'inputReports');
    const lamps = new Set([LED_MUTE, LED_OFF_HOOK, LED_RING]);
    const now: Attached = {
      device,
      buttons,
      outputs: reportLayouts(device.collections, 'outputReports').filter(({ fields }) =>
        fields.some(({ usage }) => lamps.has(usage)),
      ),
      told: new Map(),
      onReport(event) {
        const { reportId, data } = event as HidInputReportEvent;
        const fields = inputs.filter((layout) => layout.reportId === reportId).flatMap((layout) => layout.fields);
        // Its lamps follow its own buttons: what comes of the order is to be told again.
        now.told.clear();
        for (const field of fields) buttons.report(field, isSet(data, field.bit), state, performance.now());
      },
    };
    attached = now;
    inUse.add(now);
    try {
      if (!device.opened) await device.open();
    } catch {
      // Another program has it.
      inUse.delete(now);
      if (attached === now) attached = undefined;
      return;
    }
    if (attached !== now) return closeUnused(device);
    device.addEventListener('inputreport', now.onReport);
    // What was told before it was open was not heard.
    now.told.clear();
    tell(state);
  }

  function closeUnused(device: HidDevice): void {
    if ([...inUse].every((other) => other.device !== device)) device.close().catch(() => {});
  }

  function detach(): void {
    if (!attached) return;
    attached.device.removeEventListener('inputreport', attached.onReport);
    inUse.delete(attached);
    attached = undefined;
  }

  function release(): void {
    const device = attached?.device;
    detach();
    if (device) void sending.then(() => closeUnused(device));
  }

  /** Leaves it as one without a call. */
  function leave(): void {
    tell(NO_CALL);
    release();
  }

  const onPlugged = (event: Event) => void attach([(event as Event & { device: HidDevice }).device]);
  const onUnplugged = (event: Event) => {
    if ((event as Event & { device: HidDevice }).device === attached?.device) detach();
  };

  function watch(): void {
    hid?.addEventListener('connect', onPlugged);
    hid?.addEventListener('disconnect', onUnplugged);
  }

  function unwatch(): void {
    hid?.removeEventListener('connect', onPlugged);
    hid?.removeEventListener('disconnect', onUnplugged);
  }

  return {
    async connect() {
      try {
        const devices = (await hid?.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] })) ?? [];
        picked = devices.find(isTelephone);
        if (!picked) return false;
        if (attached && attached.device !== picked) leave();
        rememberHeadsetPicked();
        await attach([picked]);
        return true;
      } catch {
        // Not in a click, or not allowed here.
        return false;
      }
    },
    async restore() {
      isOurs = true;
      watch();
      const devices = (await hid?.getDevices().catch(() => [])) ?? [];
      await attach(picked && devices.includes(picked) ? [picked] : devices);
    },
    show(next) {
      state = next;
      tell(state);
    },
    release() {
      isOurs = false;
      unwatch();
      release();
    },
    close() {
      isOurs = false;
      unwatch();
      leave();
    },
  };
}
