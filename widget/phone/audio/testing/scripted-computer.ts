/** A device of the scripted computer. */
export interface ScriptedDevice {
  kind: 'audioinput' | 'audiooutput';
  deviceId: string;
  label: string;
  groupId: string;
}

export function device(kind: ScriptedDevice['kind'], deviceId: string, label: string, groupId = label): ScriptedDevice {
  return { kind, deviceId, label, groupId };
}

class ScriptedTrack extends EventTarget {
  live = true;
  readonly label: string;

  constructor(label: string) {
    super();
    this.label = label;
  }

  stop(): void {
    this.live = false;
  }
}

/** A computer with sound devices, in Node's globals: it answers as the test says. */
export class ScriptedComputer extends EventTarget {
  devices: ScriptedDevice[] = [device('audioinput', 'default', 'Built-in microphone')];
  secure = true;
  /** The browser has `mediaDevices`. */
  capable = true;
  /** How `getUserMedia` ends: name and message of its DOMException. */
  refusal: [name: string, message?: string] | null = null;
  /** Undefined: the browser does not tell. */
  permission: PermissionState | undefined;
  policy: boolean | undefined;
  /** Undefined: a page may not use storage. */
  stored: Map<string, string> | undefined = new Map();
  /** What was asked for. */
  readonly asked: MediaTrackConstraints[] = [];
  readonly tracks: ScriptedTrack[] = [];
  answer: Promise<void> = Promise.resolve();

  install(): void {
    const define = (target: object, name: string, get: () => unknown) =>
      Object.defineProperty(target, name, { configurable: true, get });
    const mediaDevices = Object.assign(this, {
      getUserMedia: (constraints: MediaStreamConstraints) => this.#open(constraints.audio as MediaTrackConstraints),
      enumerateDevices: () => Promise.resolve(this.devices),
    });
    define(globalThis, 'isSecureContext', () => this.secure);
    define(navigator, 'mediaDevices', () => (this.capable ? mediaDevices : undefined));
    define(navigator, 'permissions', () => ({ query: () => this.#query() }));
    define(globalThis, 'document', () => ({
      featurePolicy: this.policy === undefined ? undefined : { allowsFeature: () => this.policy },
    }));
    define(globalThis, 'localStorage', () => {
      if (!this.stored) throw new DOMException('blocked', 'SecurityError');
      return {
        getItem: (key: string) => this.stored?.get(key) ?? null,
        setItem: (key: string, value: string) => this.stored?.set(key, value),
      };
    });
  }

  /** Plugs in or pulls out. */
  change(devices: ScriptedDevice[]): void {
    this.devices = devices;
    this.dispatchEvent(new Event('devicechange'));
  }

  live(): string[] {
    return this.tracks.filter(({ live }) => live).map(({ label }) => label);
  }

  #query(): Promise<{ state: PermissionState }> {
    return this.permission ? Promise.resolve({ state: this.permission }) : Promise.reject(new TypeError('microphone'));
  }

  async #open(constraints: MediaTrackConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.answer;
    if (this.policy === false) throw new DOMException('Permission denied', 'NotAllowedError');
    if (this.refusal) throw new DOMException(this.refusal[1] ?? 'no', this.refusal[0]);
    const { exact } = (constraints.deviceId ?? {}) as { exact?: string };
    const found = this.devices.find(({ kind, deviceId }) => kind === 'audioinput' && (!exact || deviceId === exact));
    if (!found) throw new DOMException('no', exact ? 'OverconstrainedError' : 'NotFoundError');
    const track = new ScriptedTrack(found.label);
    this.tracks.push(track);
    return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
  }
}
