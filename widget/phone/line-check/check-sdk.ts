import type { Device } from '@twilio/voice-sdk';
import { ProblemError } from '../../core/problem-error.ts';
import type { VoiceError, VoiceSdk } from '../voice-sdk.ts';

/** What the SDK measures of a call every second. Milliseconds; packets since the call began. */
export interface CallSample {
  readonly rtt: number;
  readonly mos: number | null;
  readonly jitter: number;
  readonly totals: { readonly packetsLost: number; readonly packetsReceived: number };
}

/** What a check uses of the SDK's Call. */
export interface CheckCall {
  getRemoteStream(): MediaStream | undefined;
  disconnect(): void;
  on(event: 'accept' | 'disconnect', listener: () => void): unknown;
  on(event: 'error', listener: (error: VoiceError) => void): unknown;
  on(event: 'sample', listener: (sample: CallSample) => void): unknown;
}

/** What a check uses of the SDK's Device. */
export interface CheckDevice {
  /** Where the carrier was entered, as it says itself. */
  readonly edge: string | null;
  readonly audio: { incoming(sounds: boolean): unknown } | null;
  register(): Promise<void>;
  unregister(): Promise<void>;
  connect(options: { params: Record<string, string> }): Promise<CheckCall>;
  destroy(): void;
  on(event: 'error', listener: (error: VoiceError) => void): unknown;
  on(event: 'incoming', listener: (call: { ignore(): void }) => void): unknown;
}

/** What a check uses of the SDK. */
export interface CheckSdk extends Pick<VoiceSdk, 'Call'> {
  readonly Device: {
    readonly isSupported: boolean;
    new (accessToken: string, options: Device.Options): CheckDevice;
  };
}

/** The same chunk as the phone's. */
export async function loadCheckSdk(): Promise<CheckSdk> {
  try {
    return await import('@twilio/voice-sdk');
  } catch {
    throw new ProblemError('service-unreachable', 'The Voice SDK could not be loaded.');
  }
}
