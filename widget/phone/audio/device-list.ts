import type { AudioDevice } from '../../core/audio.ts';
import { DEFAULT_ID } from './remembered.ts';

/** A device as the browser tells of it. */
export type DeviceInfo = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label' | 'groupId'>;

export type DeviceKind = 'audioinput' | 'audiooutput';

/** Chromium's names for what the system has set; the same devices are in the list once more. */
const ALIASES: ReadonlySet<string> = new Set([DEFAULT_ID, 'communications', '']);

/** The devices themselves, without the system's aliases. Empty until the browser may use the microphone. */
export function realDevices(list: readonly DeviceInfo[], kind: DeviceKind): readonly DeviceInfo[] {
  return list.filter((device) => device.kind === kind && !ALIASES.has(device.deviceId));
}

/** The device that the system has set: named so (Chromium), or the first one (Media Capture and Streams §9.2). */
export function systemDevice(list: readonly DeviceInfo[], kind: DeviceKind): DeviceInfo | undefined {
  const real = realDevices(list, kind);
  const named = list.find((device) => device.kind === kind && device.deviceId === DEFAULT_ID);
  // Its own label begins with a word of the browser's language.
  const same = real.filter(({ groupId }) => groupId === named?.groupId);
  return named ? (same.find(({ label }) => named.label.endsWith(label)) ?? same[0] ?? named) : real[0];
}

/** What an agent chooses from: the system's, under the label of the device that it is now, and every one. */
export function choices(list: readonly DeviceInfo[], kind: DeviceKind): readonly AudioDevice[] {
  const all = realDevices(list, kind).map(({ deviceId, label }) => Object.freeze({ id: deviceId, label }));
  return Object.freeze([Object.freeze({ id: DEFAULT_ID, label: systemDevice(list, kind)?.label ?? '' }), ...all]);
}

/** The one of these that was chosen, by its id or else its label; undefined when it is not there. */
export function presentDevice(
  list: readonly DeviceInfo[],
  kind: DeviceKind,
  { id, label }: AudioDevice,
): DeviceInfo | undefined {
  const real = realDevices(list, kind);
  return real.find(({ deviceId }) => deviceId === id) ?? real.find((device) => label && device.label === label);
}
