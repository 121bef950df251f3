import type { ProblemCode } from './state.ts';

/** Where this browser remembers the agent's devices and wishes: one for the whole origin, a headset is the agent's, not the tab's. */
export const AUDIO_KEY = 'almasar-dialer:audio';

/** A microphone, or a loudspeaker. */
export interface AudioDevice {
  /** `deviceId`; `default` is whatever the system says. */
  readonly id: string;
  readonly label: string;
}

/** What a device is used for: to be heard, to hear the customer, to hear the ringtone. */
export type AudioRole = 'microphone' | 'speaker' | 'ringer';

/** The devices of this computer as the agent has chosen them. Frozen; replaced at every change. */
export interface AudioState {
  /** Empty labels until the browser may use the microphone: then `problem` or `asked` says so. */
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
  /** Ids in use. */
  readonly chosen: Readonly<Record<AudioRole, string>>;
  /** The browser lets a page choose loudspeakers. */
  readonly canChooseSpeaker: boolean;
  /** 0 to 1. */
  readonly ringVolume: number;
  /** Desktop notifications of incoming calls: `off`, `on`, or why not. */
  readonly notifications: 'off' | 'on' | 'denied' | 'unsupported';
  /** The microphone is open for a test. */
  readonly testing: boolean;
  /** 0 to 1, of the microphone under test. */
  readonly level: number;
  readonly problem: ProblemCode | null;
}

/** The agent's devices: chosen, tested, remembered. Methods return at once; what came of them is in the state. */
export interface Audio {
  getState(): AudioState;
  subscribe(listener: (state: AudioState) => void): () => void;
  choose(role: AudioRole, id: string): void;
  setRingVolume(volume: number): void;
  /** Asks the browser when switched on. */
  setNotifications(on: boolean): void;
  /** Opens the microphone and shows its level, or closes it and forgets what was wrong with it. */
  testMicrophone(on: boolean): void;
  /** Plays a short sound there. */
  playTest(role: 'speaker' | 'ringer'): void;
  /** Lets the agent pick a headset whose buttons answer, hang up and mute; absent where the browser has no WebHID. */
  connectHeadset?(): void;
  close(): void;
}
