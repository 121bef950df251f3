import type { AudioDevice } from '../core/audio.ts';
import { ProblemError } from '../core/problem-error.ts';
import type { ProblemCode } from '../core/state.ts';
import { DEFAULT_ID } from './audio/remembered.ts';
import { requestMicrophone } from './microphone.ts';
import { enumerateDevices } from '../web-rtc.ts';

interface Policy {
  allowsFeature(feature: string): boolean;
}

/**
 * The page's Permissions-Policy, or the iframe that it is in, lets it have a microphone. True also where the browser
 * does not tell. Without it the browser refuses and asks nobody.
 */
export function microphoneAllowedHere(): boolean {
  const page = globalThis.document as { permissionsPolicy?: Policy; featurePolicy?: Policy } | undefined;
  return (page?.permissionsPolicy ?? page?.featurePolicy)?.allowsFeature('microphone') ?? true;
}

/** All refusals have one name; whose it was is told by the permission. */
async function refusalOf({ message }: Error): Promise<ProblemCode> {
  let state = '';
  try {
    ({ state } = await navigator.permissions.query({ name: 'microphone' }));
  } catch {
    // The browser does not tell.
  }
  if (state === 'granted' || /system/i.test(message)) return 'microphone-denied-by-system';
  return state === 'prompt' ? 'microphone-dismissed' : 'microphone-denied';
}

/** What a failure of getUserMedia is to the agent. Media Capture and Streams §10.2. */
async function problemOfMedia(error: Error): Promise<ProblemCode> {
  if (!isSecureContext) return 'insecure-page';
  if (!('mediaDevices' in navigator && navigator.mediaDevices)) return 'unsupported-browser';
  if (!microphoneAllowedHere()) return 'microphone-not-allowed-here';
  const { name } = error;
  if (name === 'NotAllowedError' || name === 'SecurityError') return refusalOf(error);
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'microphone-missing' : 'microphone-unavailable';
}

async function problemError(error: unknown): Promise<ProblemError> {
  return new ProblemError(await problemOfMedia(error as Error), `getUserMedia: ${String(error)}`);
}

/** A microphone in place of one that did not open. */
export interface Substitute {
  readonly id: string;
  readonly stream: MediaStream;
  /** It is the same one, which the browser has given another id. */
  readonly same: boolean;
}

/**
 * Opens another microphone when this one is not there: the one with the same label, since a browser renames its devices
 * when a site's data are cleared, or the system's. Rejects with a ProblemError when there is none, or `error` is of
 * another kind: one that another program uses is not replaced behind the agent's back.
 */
export async function openSubstitute(error: unknown, { id, label }: AudioDevice): Promise<Substitute> {
  const reason = await problemError(error);
  if (id === DEFAULT_ID || reason.problem.code !== 'microphone-missing') throw reason;
  const devices = await enumerateDevices();
  const same = devices.find((device) => device.kind === 'audioinput' && label && device.label === label);
  const another = same?.deviceId ?? DEFAULT_ID;
  try {
    return { id: another, stream: await requestMicrophone(another), same: Boolean(same) };
  } catch (error) {
    throw await problemError(error);
  }
}
