// Put into a page before its scripts: a list of the browser's own notifications with what was asked for them, and a page
// that can be put out of sight (tests of Chromium keep every page in sight).
(() => {
  const shown = [];
  const Native = window.Notification;
  window.Notification = class extends Native {
    constructor(title, options) {
      super(title, options);
      this.noted = { title, options: { ...options }, closed: false, refused: false };
      this.addEventListener('error', () => (this.noted.refused = true));
      shown.push(this);
    }
    close() {
      this.noted.closed = true;
      super.close();
    }
  };

  let hidden = false;
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  let focused = 0;
  window.focus = () => (focused += 1);

  window.desktop = {
    shown: () => shown.map(({ noted }) => noted),
    click: () => shown.at(-1).dispatchEvent(new Event('click', { cancelable: true })),
    focused: () => focused,
    hide(on) {
      hidden = on;
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
})();
