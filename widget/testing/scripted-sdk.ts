import { EventEmitter } from 'node:events';
import type { Device } from '@twilio/voice-sdk';
import type { VoiceCall, VoiceDevice, VoiceSdk } from '../phone/voice-sdk.ts';

/** A call of the SDK that does what the test says. */
export class ScriptedCall extends EventEmitter implements VoiceCall {
  state = 'connecting';
  readonly asked: unknown[][] = [];

  status(): string {
    return this.state;
  }

  mute(on: boolean): void {
    this.emit('mute', on);
  }

  sendDigits(digits: string): void {
    this.asked.push(['sendDigits', digits]);
  }

  disconnect(): void {
    if (this.state === 'closed') return;
    this.asked.push(['disconnect']);
    this.close();
  }

  close(): void {
    this.state = 'closed';
    this.emit('disconnect');
  }
}

/** A device of the SDK that does what the test says. */
export class ScriptedDevice extends EventEmitter implements VoiceDevice {
  isBusy = false;
  destroyed = false;
  /** The signalling connection is there: calls set out. */
  connected = true;
  readonly tokens: string[];
  readonly params: Record<string, string>[] = [];
  readonly options: Device.Options;
  call = new ScriptedCall();
  #connect: (call: VoiceCall) => void = () => {};

  constructor(accessToken: string, options: Device.Options) {
    super();
    this.tokens = [accessToken];
    this.options = options;
  }

  register(): Promise<void> {
    return Promise.resolve();
  }

  async connect({ params }: { params: Record<string, string> }): Promise<VoiceCall> {
    this.params.push(params);
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

  updateToken(accessToken: string): void {
    this.tokens.push(accessToken);
  }

  destroy(): void {
    this.destroyed = true;
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
