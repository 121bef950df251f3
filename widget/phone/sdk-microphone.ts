import { enumerateDevices } from '../web-rtc.ts';

/**
 * The SDK takes another microphone in mid-call only by the id of a device. So it is shown two that are none: to choose
 * the other one makes it ask for a stream, which is then the one that this phone has opened. Since it knows no real
 * microphone, it does not open one by itself either whenever a headset is plugged in between calls.
 */
export const HANDED_OVER = ['almasar-a', 'almasar-b'] as const;

const STAND_INS = HANDED_OVER.map((deviceId) => ({ deviceId, kind: 'audioinput', groupId: '', label: deviceId }));

/** The SDK's `enumerateDevices`: the real loudspeakers, and the stand-ins for the microphone. */
export async function devicesForSdk(): Promise<unknown[]> {
  const devices = await enumerateDevices();
  return [...STAND_INS, ...devices.filter(({ kind }) => kind === 'audiooutput')];
}
