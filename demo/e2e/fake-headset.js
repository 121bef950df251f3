// Put into a page before its scripts: `navigator.hid` with one USB headset (WICG: WebHID API; USB: HID Usage Tables,
// pages 0x0B and 0x08). Report 1 in: bit 0 hook switch, bit 1 mute button. Report 1 out: lamps off-hook, ring, mute.
(() => {
  const flags = { reportSize: 1, isConstant: false, isArray: false, isRange: false, wrap: false };
  const telephone = {
    usagePage: 0x0b,
    usage: 0x05,
    type: 1,
    children: [],
    inputReports: [
      {
        reportId: 1,
        items: [
          { ...flags, usages: [0x0b0020], reportCount: 1, isAbsolute: true, hasPreferredState: false },
          { ...flags, usages: [0x0b002f], reportCount: 1, isAbsolute: false, hasPreferredState: true },
          { ...flags, usages: [], reportCount: 6, isConstant: true, isAbsolute: true, hasPreferredState: true },
        ],
      },
    ],
    outputReports: [
      {
        reportId: 1,
        items: [
          {
            ...flags,
            usages: [0x080017, 0x080018, 0x080009],
            reportCount: 3,
            isAbsolute: true,
            hasPreferredState: true,
          },
          { ...flags, usages: [], reportCount: 5, isConstant: true, isAbsolute: true, hasPreferredState: true },
        ],
      },
    ],
    featureReports: [],
  };

  class Headset extends EventTarget {
    opened = false;
    vendorId = 0x1395;
    productId = 1;
    productName = 'Headset';
    collections = Object.freeze([telephone]);
    lamps = 0;
    async open() {
      if (this.opened) throw new DOMException('It is open already.', 'InvalidStateError');
      this.opened = true;
    }
    async close() {
      this.opened = false;
    }
    async sendReport(reportId, data) {
      if (!this.opened) throw new DOMException('It must be opened first.', 'InvalidStateError');
      const bytes = ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array(data);
      if (reportId !== 1 || bytes.length !== 1)
        throw new DOMException('Failed to write the report.', 'NotAllowedError');
      this.lamps = bytes[0];
    }
  }
  const headset = new Headset();
  const ALLOWED = 'the browser of the test lets this page use the headset';

  class Hid extends EventTarget {
    async getDevices() {
      return localStorage.getItem(ALLOWED) ? [headset] : [];
    }
    async requestDevice({ filters }) {
      if (!navigator.userActivation.isActive) throw new DOMException('Must be in a click.', 'SecurityError');
      if (!filters.some(({ usagePage }) => usagePage === telephone.usagePage)) return [];
      localStorage.setItem(ALLOWED, 'yes');
      return [headset];
    }
  }
  Object.defineProperty(navigator, 'hid', { value: new Hid() });

  let buttons = 0;
  function report(bit, on) {
    buttons = on ? buttons | (1 << bit) : buttons & ~(1 << bit);
    if (!headset.opened) return;
    const data = new DataView(Uint8Array.of(buttons).buffer);
    headset.dispatchEvent(Object.assign(new Event('inputreport'), { device: headset, reportId: 1, data }));
  }
  window.headset = {
    offHook: (on) => report(0, on),
    pushMute() {
      report(1, true);
      report(1, false);
    },
    lamps: () => ({
      offHook: Boolean(headset.lamps & 1),
      ring: Boolean(headset.lamps & 2),
      mute: Boolean(headset.lamps & 4),
    }),
  };
})();
