import type { CheckStepId, LineCheckState } from '../../core/line-check.ts';
import type { ProblemCode } from '../../core/state.ts';
import type { TokenAnswer } from '../../../service/contract.ts';
import type { Microphone } from '../microphone.ts';
import type { CheckDevice, CheckSdk } from './check-sdk.ts';
import type { ContentPolicy } from '../../content-policy.ts';

/** What a step has found out. One that throws has failed with the problem of what it threw. */
export interface Finding {
  readonly status: 'good' | 'weak' | 'failed';
  readonly problem?: ProblemCode;
  readonly detail?: string;
}

export const GOOD: Finding = Object.freeze({ status: 'good' });

/** What a check needs of its surroundings beside the network. */
export interface CheckSurroundings {
  readonly page: EventTarget;
  /** Opens a WebSocket there and closes it; settles soon, whatever came of it. */
  readonly tryWebSocket: (url: string) => Promise<void>;
  /** Loads the beginning of a sound; settles soon, whatever came of it. */
  readonly trySound: (url: string) => Promise<void>;
  readonly measureLevel: (stream: MediaStream, report: (level: number) => void) => () => void;
}

export type CheckToken = Pick<TokenAnswer, 'accessToken' | 'edge' | 'edges'>;

export interface LineCheckOptions {
  /** Base URL of the service, with a slash at its end. */
  service: URL;
  /** Rejects with a ProblemError. */
  requestAccessToken: () => Promise<CheckToken>;
  loadSdk: () => Promise<CheckSdk>;
  /** Folder of `sounds/`. */
  base: URL;
  version: string;
  /** Of its own: a check during which the phone opened the same one would close it. */
  microphone: Pick<Microphone, 'open' | 'take' | 'release'>;
  surroundings: CheckSurroundings;
}

/** One run, as its steps see it: what those before have found. */
export interface CheckRun extends LineCheckOptions {
  /** Raised when the run is over. */
  readonly signal: AbortSignal;
  readonly contentPolicy: ContentPolicy;
  /** Does this when the run is over. */
  readonly afterwards: (cleanUp: () => void) => void;
  readonly measured: (measured: NonNullable<LineCheckState['measured']>) => void;
  token: CheckToken | undefined;
  device: CheckDevice | undefined;
  /** The microphone gave nothing but silence. */
  silent: boolean;
}

export interface Step {
  /** Those that must not have failed. */
  readonly needs: readonly CheckStepId[];
  readonly look: (run: CheckRun) => Promise<Finding>;
}
