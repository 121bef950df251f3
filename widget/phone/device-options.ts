import type { Device } from '@twilio/voice-sdk';
import { devicesForSdk } from './sdk-microphone.ts';
import type { VoiceSdk } from './voice-sdk.ts';
import { webRtc } from '../web-rtc.ts';

export interface DeviceOptionsInput {
  /** Folder of `sounds/`. */
  base: URL;
  version: string;
  /** Where the carrier is entered; of several, the next when one is not to be reached. Its own choice when absent. */
  edge: string | string[] | undefined;
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
}

const SOUNDS = ['incoming', 'outgoing', 'disconnect', ...[...'0123456789sh'].map((key) => `dtmf${key}`)];

/** Before the access token's expiry. A hidden tab's timers may run once a minute. */
export const TOKEN_REFRESH_MS = 120_000;

/** The SDK's defaults are made for a short visit; these are for an agent's whole shift. Twilio: Device options. */
export function deviceOptions(
  sdk: Pick<VoiceSdk, 'Call'>,
  { base, version, edge, getUserMedia }: DeviceOptionsInput,
): Device.Options {
  return {
    // First: the microphone goes by our own hands.
    ...webRtc,
    appName: 'almasar-dialer',
    appVersion: version,
    // The agent is offered a second call; what leaves the page is guarded by the phone, which knows of all calls.
    allowIncomingWhileBusy: true,
    closeProtection: false,
    codecPreferences: [sdk.Call.Codec.Opus, sdk.Call.Codec.PCMU],
    // Without it, busy, no answer and a dozen others are all one error.
    enableImprovedSignalingErrorPrecision: true,
    enumerateDevices: devicesForSdk,
    getUserMedia,
    logLevel: 'silent',
    maxCallSignalingTimeoutMs: 30_000,
    // All of them: the SDK fetches those that are missing from Twilio's own host.
    sounds: Object.fromEntries(SOUNDS.map((name) => [name, new URL(`sounds/${name}.wav`, base).href])),
    tokenRefreshMs: TOKEN_REFRESH_MS,
    ...(edge ? { edge } : {}),
  };
}
