import { EventEmitter } from 'node:events';
import type { Device } from '@twilio/voice-sdk';
import type { VoiceAudio, VoiceCall, VoiceDevice, VoiceSdk } from '../phone/voice-sdk.ts';

/** A call of the SDK that does what the test says. */
export class ScriptedCall extends EventEmitter implements VoiceCall {
  state = 'connecting';
  connectToken: string | undefined;
  readonly asked: unknown[][] = [];
  readonly parameters: Record<string, string> = {};
  readonly customParameters = new Map<string, string>();
  #muted = false;

  status(): string {
    return this.state;
  }

  accept(): void {
    if (this.state !== 'pending') return;
    this.asked.push(['accept']);
    this.state = 'connecting';
  }

  reject(): void {
    if (this.state !== 'pending') return;
    this.asked.push(['reject']);
    this.state = 'closed';
    this.emit('reject');
  }

  ignore(): void {
    if (this.state !== 'pending') return;
    this.asked.push(['ignore']);
    this.state = 'closed';
  }

  isMuted(): boolean {
    return this.#muted;
  }

  mute(on: boolean): void {
    this.#muted = on;
    this.emit('mute', on);
  }

  sendDigits(digits: string): void {
    this.asked.push(['sendDigits', digits]);
  }

  disconnect(): void {
    if (this.state === 'closed' || this.state === 'pending') return;
    this.asked.push(['disconnect']);
    this.close();
  }

  /** The carrier, or this side, ends it. */
  close(): void {
    this.state = 'closed';
    this.emit('disconnect');
  }

  /** The caller gives up, or somebody else has answered. */
  cancel(): void {
    this.state = 'closed';
    this.emit('cancel');
  }

  open(): void {
    this.state = 'open';
    this.connectToken = 'connect token';
    this.emit('accept');
  }
}

/** What the SDK's AudioHelper was asked for. */
class ScriptedAudio implements VoiceAudio {
  rings = true;
  inputDevice: { deviceId: string } | null = null;
  readonly speakers: string[] = [];
  input: MediaStream | undefined;
  readonly speakerDevices = {
    set: (deviceId: string) => {
      this.speakers.push(deviceId);
      return Promise.resolve();
    },
  };
  readonly #getUserMedia: () => Promise<MediaStream>;

  constructor({ getUserMedia }: Device.Options) {
    this.#getUserMedia = getUserMedia as () => Promise<MediaStream>;
  }

  incoming(on: boolean): void {
    this.rings = on;
  }

  async setInputDevice(deviceId: string): Promise<void> {
    if (this.inputDevice?.deviceId === deviceId) return;
    this.input = await this.#getUserMedia();
    this.inputDevice = { deviceId };
  }

  unsetInputDevice(): Promise<void> {
    this.inputDevice = null;
    return Promise.resolve();
  }
}

/** A device of the SDK that does what the test says. */
export class ScriptedDevice extends EventEmitter implements VoiceDevice {
  isBusy = false;
  destroyed = false;
  state = 'unregistered';
  /** The signalling connection is there: calls set out, and it can be registered. */
  connected = true;
  readonly tokens: string[];
  readonly params: Record<string, string>[] = [];
  readonly connectTokens: string[] = [];
  readonly options: Device.Options;
  readonly audio: ScriptedAudio;
  readonly incoming: ScriptedCall[] = [];
  call = new ScriptedCall();
  #connect: (call: VoiceCall) => void = () => {};

  constructor(accessToken: string, options: Device.Options) {
    super();
    this.tokens = [accessToken];
    this.options = options;
    this.audio = new ScriptedAudio(options);
  }

  async register(): Promise<void> {
    if (this.state !== 'unregistered') throw new Error(`register while ${this.state}`);
    this.state = 'registering';
    await Promise.resolve();
    if (this.connected && this.state === 'registering') this.become('registered');
  }

  async unregister(): Promise<void> {
    if (this.state !== 'registered') throw new Error(`unregister while ${this.state}`);
    await Promise.resolve();
    this.become('unregistered');
  }

  /** The carrier says so, or the connection is lost. */
  become(state: 'registered' | 'unregistered'): void {
    this.state = state;
    this.emit(state);
  }

  async connect(how: { params: Record<string, string> } | { connectToken: string }): Promise<VoiceCall> {
    if ('params' in how) this.params.push(how.params);
    else this.connectTokens.push(how.connectToken);
    this.call = new ScriptedCall();
    if (!this.connected) await new Promise((resolve) => (this.#connect = resolve));
    this.isBusy = true;
    this.call.once('disconnect', () => (this.isBusy = false));
    return this.call;
  }

  /** The network is back: a call that waited sets out, as in the SDK. */
  comeBack(): void {
    this.#connect(this.call);
  }

  /** A customer calls. */
  arrive(custom: Record<string, string> = {}, from = '+201001234500'): ScriptedCall {
    const call = new ScriptedCall();
    call.state = 'pending';
    call.parameters['From'] = from;
    for (const [name, value] of Object.entries(custom)) call.customParameters.set(name, value);
    this.incoming.push(call);
    this.emit('incoming', call);
    return call;
  }

  updateToken(accessToken: string): void {
    this.tokens.push(accessToken);
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const call of this.incoming) call.reject();
    this.state = 'destroyed';
    this.emit('destroyed');
  }
}

/** An SDK whose devices the test can reach. */
export class ScriptedSdk implements VoiceSdk {
  readonly devices: ScriptedDevice[] = [];
  readonly Call = { Codec: { Opus: 'opus', PCMU: 'pcmu' } } as unknown as VoiceSdk['Call'];
  readonly Device: VoiceSdk['Device'];

  constructor(isSupported = true) {
    const { devices } = this;
    this.Device = class extends ScriptedDevice {
      static readonly isSupported = isSupported;

      constructor(accessToken: string, options: Device.Options) {
        super(accessToken, options);
        devices.push(this);
      }
    };
  }

  get device(): ScriptedDevice {
    return this.devices.at(-1)!;
  }
}
