import type { Call, Device } from '@twilio/voice-sdk';
import { ProblemError } from '../core/problem-error.ts';

/** An error as the Voice SDK gives it. Its `originalError` is the carrier's when the SDK has no name for it. */
export interface VoiceError {
  readonly code: number;
  readonly originalError?: unknown;
}

/** What we use of the SDK's Call. */
export interface VoiceCall {
  /** `closed` is for good. */
  status(): string;
  mute(on: boolean): void;
  sendDigits(digits: string): void;
  disconnect(): void;
  on(event: 'ringing' | 'accept' | 'reconnected' | 'disconnect' | 'transportClose', listener: () => void): unknown;
  on(event: 'mute', listener: (muted: boolean) => void): unknown;
  on(event: 'error' | 'reconnecting', listener: (error: VoiceError) => void): unknown;
}

/** What we use of the SDK's Device. */
export interface VoiceDevice {
  /** It has a call. */
  readonly isBusy: boolean;
  /** Opens the signalling connection and keeps it, so that a call sets out without waiting for one. */
  register(): Promise<void>;
  connect(options: { params: Record<string, string> }): Promise<VoiceCall>;
  updateToken(accessToken: string): void;
  destroy(): void;
  on(event: 'tokenWillExpire' | 'destroyed', listener: () => void): unknown;
  on(event: 'error', listener: (error: VoiceError) => void): unknown;
  on(event: 'incoming', listener: (call: { reject(): void }) => void): unknown;
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
