/** A track that knows whether it has been stopped. */
class ScriptedTrack {
  live = true;
  enabled = true;

  stop(): void {
    this.live = false;
  }
}

/** Puts a microphone into Node's `navigator`, which answers as the test says. */
export class ScriptedMicrophone {
  readonly tracks: ScriptedTrack[] = [];
  /** How `getUserMedia` ends; null: the person is still being asked. */
  refusal: string | null | undefined;
  secure = true;
  #answer: () => void = () => {};

  install(): void {
    Object.defineProperty(globalThis, 'isSecureContext', { configurable: true, get: () => this.secure });
    Object.defineProperty(navigator, 'mediaDevices', {
      configurable: true,
      value: { getUserMedia: () => this.#request() },
    });
  }

  /** Takes the whole API away, as very old browsers have it. */
  remove(): void {
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
  }

  /** The person who is being asked allows it. */
  allow(): void {
    this.#answer();
  }

  live(): number {
    return this.tracks.filter(({ live }) => live).length;
  }

  #request(): Promise<MediaStream> {
    if (this.refusal) return Promise.reject(new DOMException('no', this.refusal));
    return new Promise((resolve) => {
      this.#answer = () => {
        const track = new ScriptedTrack();
        this.tracks.push(track);
        const tracks = () => [track];
        resolve({ getTracks: tracks, getAudioTracks: tracks } as unknown as MediaStream);
      };
      if (this.refusal === undefined) this.#answer();
    });
  }
}
