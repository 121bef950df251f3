/** Puts into Node what a phone that receives calls looks at: the network, devices and permissions. */
export class ScriptedPage extends EventTarget {
  online = true;
  microphones = ['default'];
  permission = 'granted';
  readonly devices = new EventTarget();
  readonly status = new EventTarget();

  /** After the microphone, whose `mediaDevices` it completes. */
  install(): void {
    // Where other tabs' settings are heard of.
    Object.assign(globalThis, {
      addEventListener: this.addEventListener.bind(this),
      removeEventListener: this.removeEventListener.bind(this),
    });
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => this.online });
    Object.defineProperty(navigator, 'permissions', {
      configurable: true,
      value: {
        query: () =>
          Promise.resolve(
            Object.defineProperty(this.status, 'state', { configurable: true, get: () => this.permission }),
          ),
      },
    });
    Object.assign(navigator.mediaDevices, {
      enumerateDevices: () =>
        Promise.resolve(
          this.microphones.map((deviceId) => ({ kind: 'audioinput', deviceId, label: deviceId, groupId: deviceId })),
        ),
      addEventListener: this.devices.addEventListener.bind(this.devices),
      removeEventListener: this.devices.removeEventListener.bind(this.devices),
    });
  }

  tell(type: string, more: Record<string, unknown> = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), more));
  }
}
