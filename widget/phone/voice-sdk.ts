import type { Call, Device } from '@twilio/voice-sdk';
import { ProblemError } from '../core/problem-error.ts';

/** An error as the Voice SDK gives it. Its `originalError` is the carrier's when the SDK has no name for it. */
export interface VoiceError {
  readonly code: number;
  readonly originalError?: unknown;
}

/** What we use of a measurement of the SDK: of the last second. */
export interface VoiceSample {
  readonly packetsReceived: number;
}

/** What we use of the SDK's Call. */
export interface VoiceCall {
  /** Of an incoming call: `From` is who calls, `client:…` or empty when they hide it. */
  readonly parameters: Record<string, string>;
  /** What the service sent along with an incoming call. */
  readonly customParameters: Map<string, string>;
  /** What takes the call up in another Device; absent until the carrier has given it. */
  readonly connectToken: string | undefined;
  /** `pending` rings here; `closed` is for good. */
  status(): string;
  accept(): void;
  /** The carrier goes on to whoever is next. */
  reject(): void;
  /** Rings here no more; the carrier is told nothing. Not announced by an event. */
  ignore(): void;
  isMuted(): boolean;
  mute(on: boolean): void;
  sendDigits(digits: string): void;
  disconnect(): void;
  on(
    event: 'ringing' | 'accept' | 'cancel' | 'reconnected' | 'disconnect' | 'transportClose',
    listener: () => void,
  ): unknown;
  /** By which the far end is heard. */
  on(event: 'audio', listener: (audio: HTMLAudioElement) => void): unknown;
  on(event: 'mute', listener: (muted: boolean) => void): unknown;
  on(event: 'error' | 'reconnecting', listener: (error: VoiceError) => void): unknown;
  on(event: 'warning' | 'warning-cleared', listener: (name: string) => void): unknown;
  /** Of both directions, 0 to 1, some twenty times a second. */
  on(event: 'volume', listener: (input: number, output: number) => void): unknown;
  /** Once a second. */
  on(event: 'sample', listener: (sample: VoiceSample) => void): unknown;
}

/** What we use of the SDK's AudioHelper. */
export interface VoiceAudio {
  /** Whether the SDK rings; the ringtone is ours. */
  incoming(on: boolean): unknown;
  readonly inputDevice: { readonly deviceId: string } | null;
  setInputDevice(deviceId: string): Promise<void>;
  unsetInputDevice(): Promise<void>;
  readonly speakerDevices: { set(deviceId: string): Promise<void> };
}

/** What we use of the SDK's Device. */
export interface VoiceDevice {
  /** It has a call. */
  readonly isBusy: boolean;
  /** `unregistered` · `registering` · `registered` · `destroyed` */
  readonly state: string;
  readonly audio: VoiceAudio | null;
  /** Opens the signalling connection, and lets calls ring here. */
  register(): Promise<void>;
  /** Calls ring here no more; the signalling connection stays open. */
  unregister(): Promise<void>;
  connect(options: { params: Record<string, string> } | { connectToken: string }): Promise<VoiceCall>;
  updateToken(accessToken: string): void;
  /** Rejects what rings, hangs up what is open. */
  destroy(): void;
  on(event: 'tokenWillExpire' | 'destroyed' | 'registered' | 'unregistered', listener: () => void): unknown;
  on(event: 'error', listener: (error: VoiceError) => void): unknown;
  on(event: 'incoming', listener: (call: VoiceCall) => void): unknown;
}

/** What we use of the SDK. */
export interface VoiceSdk {
  readonly Call: { readonly Codec: Pick<typeof Call.Codec, 'Opus' | 'PCMU'> };
  readonly Device: {
    readonly isSupported: boolean;
    new (accessToken: string, options: Device.Options): VoiceDevice;
  };
}

/** Loads the SDK when it is first needed: it is most of what a call costs to load. */
export async function loadVoiceSdk(): Promise<VoiceSdk> {
  try {
    return await import('@twilio/voice-sdk');
  } catch {
    throw new ProblemError('service-unreachable', 'The Voice SDK could not be loaded.');
  }
}
