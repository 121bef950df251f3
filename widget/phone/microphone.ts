import { ProblemError } from '../core/problem-error.ts';
import type { ProblemCode } from '../core/state.ts';

/** Media Capture and Streams §10.2: names of the DOMExceptions of getUserMedia. */
const PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  NotAllowedError: 'microphone-denied',
  SecurityError: 'microphone-denied',
  NotFoundError: 'microphone-missing',
  OverconstrainedError: 'microphone-missing',
};

async function request(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!isSecureContext) throw new ProblemError('insecure-page', 'Browsers give the microphone to https pages only.');
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (!mediaDevices) throw new ProblemError('unsupported-browser', 'This browser has no getUserMedia.');
  try {
    return await mediaDevices.getUserMedia(constraints);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new ProblemError(PROBLEMS[name] ?? 'microphone-unavailable', `getUserMedia: ${name}`);
  }
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Opens the microphone while all else that a call needs is still loading, and hands the SDK the stream that is open,
 * so that the person is asked once and a refusal is known by its reason: the SDK tells only "denied" from the rest.
 */
export class Microphone {
  #opening: Promise<MediaStream> | undefined;

  /** Rejects with a ProblemError. */
  open(): Promise<MediaStream> {
    this.release();
    const opening = request({ audio: true });
    this.#opening = opening;
    return opening;
  }

  /** The SDK's `getUserMedia`: the open stream, once; after that what it asks for. */
  readonly take = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    const opening = this.#opening;
    this.#opening = undefined;
    return opening ?? request(constraints);
  };

  /** Gives the microphone back unless the SDK has taken it. */
  release(): void {
    this.#opening?.then(stopTracks, () => {});
    this.#opening = undefined;
  }
}
