import type { AudioDevice } from '../core/audio.ts';
import type { Notice } from '../core/reach.ts';
import { DEFAULT_ID, rememberedDevice } from './audio/remembered.ts';
import { microphones } from '../web-rtc.ts';

/** Rejects as getUserMedia does, also where there is none. */
export async function requestMicrophone(id: string): Promise<MediaStream> {
  return microphones().getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(id === DEFAULT_ID ? {} : { deviceId: { exact: id } }),
    },
  });
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Opens the microphone while all else that a call needs is still loading, and hands the SDK the stream that is open,
 * so that the person is asked once and a refusal is known by its reason: the SDK tells only "denied" from the rest.
 */
export class Microphone {
  /**
   * Id of the one in use. The SDK gets it for its `default`, which it asks for by itself whenever a device comes or
   * goes; to put a call on the system's microphone, say so here first.
   */
  inUse = DEFAULT_ID;
  readonly #report: (notice: Notice) => void;
  #opening: Promise<MediaStream> | undefined;

  /** `report` is told when the chosen microphone is not there and another one is used. */
  constructor(report: (notice: Notice) => void = () => {}) {
    this.#report = report;
  }

  /** The chosen microphone, or the system's where that one is not there. Rejects with a ProblemError. */
  open(): Promise<MediaStream> {
    this.release();
    const opening = this.#open(rememberedDevice('microphone'));
    this.#opening = opening;
    return opening;
  }

  /** The SDK's `getUserMedia`: the open stream, once; after that the device that it asks for. */
  readonly take = ({ audio }: MediaStreamConstraints): Promise<MediaStream> => {
    const opening = this.#opening;
    this.#opening = undefined;
    const { exact: id } = { ...((audio as MediaTrackConstraints).deviceId as { exact?: string } | undefined) };
    return opening ?? this.#open({ id: id && id !== DEFAULT_ID ? id : this.inUse, label: '' });
  };

  /** Gives the microphone back unless the SDK has taken it. */
  release(): void {
    this.#opening?.then(stopTracks, () => {});
    this.#opening = undefined;
  }

  async #open(device: AudioDevice): Promise<MediaStream> {
    this.inUse = device.id;
    try {
      return await requestMicrophone(device.id);
    } catch (error) {
      const { openSubstitute } = await import('./microphone-trouble.ts');
      const { id, stream, same } = await openSubstitute(error, device);
      this.inUse = id;
      if (!same) this.#report({ code: 'microphone-lost', device: stream.getTracks()[0]?.label ?? '' });
      return stream;
    }
  }
}
