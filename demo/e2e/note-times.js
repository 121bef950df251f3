// Put into a page before its scripts: when the element told of what, on the clock that all pages of a browser share; and
// the least that news from tab to tab, and the end of a tab, can take: a bare message and a bare lock.
(() => {
  const times = {};
  const note = (what) => (times[what] ??= performance.timeOrigin + performance.now());
  const bare = new BroadcastChannel('note-times');
  bare.addEventListener('message', ({ data }) => note(`message: ${data}`));
  // Sent in the same moment by the tab that has the phone, right after what it has told the other tabs.
  let holds = false;
  for (const type of ['almasar-call-open', 'almasar-call-ended']) {
    document.addEventListener(type, () => {
      note(type);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
      if (holds) bare.postMessage(type);
    });
  }
  document.addEventListener('almasar-reach', ({ detail: { reach, place } }) => {
    holds = place === 'here';
    if (holds && reach === 'ready') note('ready');
  });
  window.noteTimes = {
    read: () => ({ start: performance.timeOrigin, ...times }),
    /** Holds the lock until this page is gone; resolves once it is held. */
    hold: () =>
      new Promise((held) => {
        void navigator.locks.request('note-times', () => (held(), new Promise(() => {})));
      }),
    /** Notes when the holder's page is gone. */
    wait: () => void navigator.locks.request('note-times', () => note('gone')),
  };
})();
