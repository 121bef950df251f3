/** Whom to listen to: of a recording with two channels, the agent is on the left and the customer on the right. */
export type Side = 'both' | 'agent' | 'customer';
export const SIDES: readonly Side[] = ['both', 'agent', 'customer'];
export const RATES = [1, 1.25, 1.5, 2] as const;

/** A recording asks for its address when it is needed; addresses live for a few minutes only. */
export type RequestUrl = () => Promise<string>;

/**
 * The one player of the log: a recording begun ends the one before. It plays on when its row is scrolled away.
 * State is what the audio says, not what was asked of it.
 */
export class Playback {
  /** SID of the recording that is in the player. */
  recordingSid: string | null = null;
  phase: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  playing = false;
  /** Seconds. */
  position = 0;
  /** Seconds; 0 until it is known. */
  duration = 0;
  rate = 1;
  side: Side = 'both';
  readonly #changed: () => void;
  #audio: HTMLAudioElement | undefined;
  #context: AudioContext | undefined;
  #source: MediaElementAudioSourceNode | undefined;
  #requestUrl: RequestUrl = () => Promise.reject(new Error('Nothing to play.'));
  #renewed = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Plays, or goes on playing. */
  async play(recordingSid: string, requestUrl: RequestUrl): Promise<void> {
    if (recordingSid === this.recordingSid && this.phase === 'ready') return await this.#go();
    if (recordingSid === this.recordingSid && this.phase === 'loading') return;
    const { rate, side } = this;
    this.stop();
    Object.assign(this, { rate, side, recordingSid });
    this.#requestUrl = requestUrl;
    await this.#load(0);
  }

  pause(): void {
    this.#audio?.pause();
  }

  seek(seconds: number): void {
    if (!this.#audio || this.phase !== 'ready') return;
    this.#audio.currentTime = seconds;
    this.position = seconds;
    this.#changed();
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.#audio) this.#audio.playbackRate = this.#audio.defaultPlaybackRate = rate;
    this.#changed();
  }

  setSide(side: Side): void {
    this.side = side;
    this.#route();
    this.#changed();
  }

  /** Silence, and nothing in the player. */
  stop(): void {
    const audio = this.#audio;
    this.#audio = undefined;
    this.#source?.disconnect();
    this.#source = undefined;
    audio?.pause();
    audio?.removeAttribute('src');
    audio?.load();
    this.recordingSid = null;
    this.phase = 'idle';
    this.playing = this.#renewed = false;
    this.position = this.duration = 0;
  }

  /** Gives the audio output back: the element is gone. */
  close(): void {
    this.stop();
    void this.#context?.close();
    this.#context = undefined;
    this.#changed();
  }

  async #load(position: number): Promise<void> {
    const recordingSid = this.recordingSid;
    this.phase = 'loading';
    this.#changed();
    try {
      const url = await this.#requestUrl();
      if (recordingSid !== this.recordingSid) return;
      const audio = (this.#audio ??= this.#create());
      audio.src = url;
      audio.playbackRate = audio.defaultPlaybackRate = this.rate;
      if (position) audio.currentTime = position;
      this.#route();
      await this.#go();
    } catch {
      if (recordingSid === this.recordingSid) this.#fail();
    }
  }

  #create(): HTMLAudioElement {
    const audio = new Audio();
    // Else a channel of another origin's recording would be silence.
    audio.crossOrigin = 'anonymous';
    const told = (type: string, tell: () => void) =>
      audio.addEventListener(type, () => {
        if (audio !== this.#audio) return;
        tell();
        this.#changed();
      });
    const measure = () => {
      if (Number.isFinite(audio.duration)) this.duration = audio.duration;
    };
    told('loadedmetadata', () => {
      measure();
      this.phase = 'ready';
    });
    told('durationchange', measure);
    told('timeupdate', () => (this.position = audio.currentTime));
    told('playing', () => {
      this.playing = true;
      this.#renewed = false;
    });
    told('pause', () => (this.playing = false));
    told('ended', () => {
      this.playing = false;
      this.position = 0;
      audio.currentTime = 0;
    });
    told('error', () => this.#broken());
    return audio;
  }

  /** An address that ran out while the player stood open is replaced once, and playing goes on from there. */
  #broken(): void {
    if (this.#renewed || this.phase !== 'ready') return this.#fail();
    this.#renewed = true;
    void this.#load(this.position);
  }

  #fail(): void {
    const { recordingSid, rate, side } = this;
    this.stop();
    Object.assign(this, { recordingSid, rate, side, phase: 'failed' });
    this.#changed();
  }

  async #go(): Promise<void> {
    const audio = this.#audio;
    await this.#context?.resume();
    try {
      await audio?.play();
    } catch (error) {
      // A pause that came before the sound is no failure.
      const interrupted = error instanceof DOMException && error.name === 'AbortError';
      if (audio === this.#audio && !interrupted && !audio?.error) this.#fail();
    }
  }

  /** Both channels as they are; or one of them to both ears. Web Audio only from the first choice on. */
  #route(): void {
    const audio = this.#audio;
    if (!audio || (this.side === 'both' && !this.#source)) return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    this.#source ??= context.createMediaElementSource(audio);
    this.#source.disconnect();
    if (this.side === 'both') {
      this.#source.connect(context.destination);
      return;
    }
    const channels = context.createChannelSplitter(2);
    const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    this.#source.connect(channels);
    channels.connect(mono, this.side === 'agent' ? 0 : 1);
    mono.connect(context.destination);
    void context.resume();
  }
}
