import type { AudioDevice } from '../../core/audio.ts';
import type { Notice } from '../../core/reach.ts';
import { enumerateDevices } from '../../web-rtc.ts';
import { followAudioSettings } from './audio-settings.ts';
import { presentDevice, realDevices, systemDevice, type DeviceInfo, type DeviceKind } from './device-list.ts';
import { DEFAULT_ID } from './remembered.ts';

/** One headset makes several events as its parts come and go. */
const SETTLE_MS = 300;

/** What to do about a change: which device to use from now on (null: go on as it is), and what to tell the agent. */
export interface DeviceDecision {
  readonly use: string | null;
  readonly notice: Notice;
}

/**
 * What a change of the computer's devices is to a call. The chosen device is gone: the system's. It is back, or a new
 * microphone is there: offered, since a switch in the middle of a sentence is the agent's to make. The system's
 * has become another one: that one. Null when it is nothing to the call.
 */
export function decideOnDevices(
  kind: DeviceKind,
  before: readonly DeviceInfo[],
  after: readonly DeviceInfo[],
  chosen: AudioDevice,
): DeviceDecision | null {
  const microphone = kind === 'audioinput';
  const changed = microphone ? 'microphone-changed' : 'speaker-changed';
  const known = new Set(realDevices(before, kind).map(({ deviceId }) => deviceId));
  // The browser did not tell of any before; then nothing is new.
  if (known.size === 0) return null;
  const real = realDevices(after, kind);
  const system = systemDevice(after, kind);

  const was = presentDevice(before, kind, chosen);
  const is = presentDevice(after, kind, chosen);
  if (is && !was) return { use: null, notice: { code: 'device-found', device: is.label } };
  if (is && is.deviceId !== was?.deviceId) return { use: is.deviceId, notice: { code: changed, device: is.label } };
  if (was && !is && system) {
    return { use: DEFAULT_ID, notice: { code: microphone ? 'microphone-lost' : changed, device: system.label } };
  }

  const wasSystem = systemDevice(before, kind);
  if (!is && system && wasSystem && system.deviceId !== wasSystem.deviceId) {
    const gone = !real.some(({ deviceId }) => deviceId === wasSystem.deviceId);
    return {
      use: DEFAULT_ID,
      notice: { code: microphone && gone ? 'microphone-lost' : changed, device: system.label },
    };
  }
  // Every screen is a loudspeaker.
  const found = microphone && real.find(({ deviceId }) => !known.has(deviceId));
  return found ? { use: null, notice: { code: 'device-found', device: found.label } } : null;
}

export interface DeviceWatch {
  /** The agent's choice, as remembered. */
  chosen: () => { readonly microphone: AudioDevice; readonly speaker: AudioDevice };
  useMicrophone: (id: string) => void;
  useSpeaker: (id: string) => void;
  report: (notice: Notice) => void;
}

interface Use {
  readonly kind: DeviceKind;
  readonly chosen: () => AudioDevice;
  readonly apply: (id: string) => void;
  /** Undefined until the devices are known. */
  inUse: string | undefined;
}

/**
 * Looks after the devices of a call until the returned function is called: what comes and goes, and what the agent
 * chooses meanwhile, in this tab or in another one. To be started when the call has its microphone.
 */
export function watchDevices({ chosen, useMicrophone, useSpeaker, report }: DeviceWatch): () => void {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  const list = () => enumerateDevices().catch(() => []);
  // A headset is both, and what concerns the microphone concerns the customer: it has the first word.
  const uses: Use[] = [
    { kind: 'audioinput', chosen: () => chosen().microphone, apply: useMicrophone, inUse: undefined },
    { kind: 'audiooutput', chosen: () => chosen().speaker, apply: useSpeaker, inUse: undefined },
  ];
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: Promise<readonly DeviceInfo[]> = list();

  function wanted({ kind, chosen }: Use, devices: readonly DeviceInfo[], choice = chosen()): string {
    return presentDevice(devices, kind, choice)?.deviceId ?? DEFAULT_ID;
  }

  async function start(): Promise<void> {
    // As they are now: what is chosen while the devices are looked up is still to be obeyed.
    const choices = uses.map((use) => use.chosen());
    const devices = await known;
    uses.forEach((use, index) => (use.inUse ??= wanted(use, devices, choices[index])));
  }

  async function look(): Promise<void> {
    const before = await known;
    const after = await (known = list());
    if (closed) return;
    const decisions = uses.map((use) => {
      const decision = decideOnDevices(use.kind, before, after, use.chosen());
      if (decision?.use) use.apply((use.inUse = decision.use));
      return decision;
    });
    const notice = decisions.find(Boolean)?.notice;
    if (notice) report(notice);
  }

  async function obey(): Promise<void> {
    const devices = await known;
    for (const use of closed ? [] : uses) {
      const id = wanted(use, devices);
      if (id !== use.inUse) use.apply((use.inUse = id));
    }
  }

  const onChange = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE_MS);
  };
  void start();
  mediaDevices?.addEventListener('devicechange', onChange);
  const unfollow = followAudioSettings(() => void obey());
  return () => {
    closed = true;
    clearTimeout(timer);
    unfollow();
    mediaDevices?.removeEventListener('devicechange', onChange);
  };
}
