/**
 * Makes a thing without letting it listen for `pagehide` on the page, and gives back what it would have done then:
 * the SDK's Device hangs up, and a call shall outlive a reload. All other listeners, also the host page's, are left alone.
 */
export function withoutPageHide<Made>(page: EventTarget, make: () => Made): [Made, (event: Event) => void] {
  const listeners: ((event: Event) => void)[] = [];
  const own = Object.getOwnPropertyDescriptor(page, 'addEventListener');
  const add = page.addEventListener.bind(page);
  const addOther = (...given: Parameters<EventTarget['addEventListener']>) => {
    const [type, listener] = given;
    if (type === 'pagehide' && listener) {
      listeners.push(typeof listener === 'function' ? listener : (event) => listener.handleEvent(event));
    } else add(...given);
  };
  Object.defineProperty(page, 'addEventListener', { configurable: true, writable: true, value: addOther });
  const call = (event: Event) => {
    for (const each of listeners) each(event);
  };
  try {
    return [make(), call];
  } finally {
    if (own) Object.defineProperty(page, 'addEventListener', own);
    else Reflect.deleteProperty(page, 'addEventListener');
  }
}
