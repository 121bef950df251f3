import { ProblemError, problemOf } from '../core/problem-error.ts';
import type { Problem } from '../core/state.ts';
import { jwtLife } from '../jwt-claims.ts';
import type { TokenAnswer } from '../../service/contract.ts';
import { DEFAULT_ID, rememberedDevice } from './audio/remembered.ts';
import { TOKEN_REFRESH_MS, deviceOptions, type DeviceOptionsInput } from './device-options.ts';
import { withoutPageHide } from './page-hide.ts';
import { problemOfSdk } from './sdk-errors.ts';
import type { VoiceCall, VoiceDevice, VoiceError, VoiceSdk } from './voice-sdk.ts';

/** A new token during a call can cost a second of audio: not before it must be. */
const REFRESH_IN_CALL_MS = 30_000;
const CHECK_MS = 15_000;

/** After a renewal that failed: doubled each time, up to this; a wake-up tries at once. */
const RENEW_AGAIN_MS = 60_000;

/** After each of these a timer may have been asleep. */
const WAKE_UPS = ['visibilitychange', 'online', 'pageshow'];

/** The carrier does not accept the access token, or the account behind it; 31209 is of one call. */
const REFUSALS = /^(20|3120[^9])/;

export interface DeviceLifeOptions extends Omit<DeviceOptionsInput, 'edge'> {
  loadSdk: () => Promise<VoiceSdk>;
  requestAccessToken: () => Promise<TokenAnswer>;
  /** Told when the carrier does not accept the device: no call can be made with it, and the next one gets a new one. */
  onRefused: (problem: Problem) => void;
  /** The device is about to go: it would tell the carrier "no" for every call that rings. */
  onDrop: () => void;
  /** The device has a call, in whatever stage: no time for a new token, nor for another device. */
  isBusy: () => boolean;
  /** Where the page's wake-ups are heard: the window. */
  page: EventTarget;
}

/** The SDK's Device, from first need to the end: made once, its access token kept fresh, replaced when it is no good. */
export class DeviceLife {
  /** Set by whoever receives calls. Without: a caller is better off with whoever is next than with silence. */
  onIncoming: (call: VoiceCall) => void = (call) => call.reject();
  /** A device came or went, was registered or not, or a token was given or not. */
  onChange: () => void = () => {};
  device: VoiceDevice | undefined;
  /** Why the last access token was not given. */
  tokenProblem: Problem | null = null;
  readonly #options: DeviceLifeOptions;
  #made: Promise<VoiceDevice> | undefined;
  /** Changes with every drop, so that what was under way before it knows. */
  #generation = {};
  #expiresAt = 0;
  #renewal: Promise<void> | undefined;
  #renewAgainAt = 0;
  #failures = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #receiving = false;
  #speaker = DEFAULT_ID;
  #sdkOnPageHide: (event: Event) => void = () => {};

  constructor(options: DeviceLifeOptions) {
    this.#options = options;
  }

  /** The device, with an access token that will do for a call. Rejects with a ProblemError. */
  async ready(): Promise<VoiceDevice> {
    const made = (this.#made ??= this.#make());
    try {
      const device = await made;
      if (this.#expiresAt - Date.now() < REFRESH_IN_CALL_MS) await this.#renew();
      return device;
    } catch (error) {
      // A call that is on the device can do without a new token for a while.
      if (this.#made === made && !this.#options.isBusy()) this.drop();
      throw error;
    }
  }

  /** Lets calls ring on the device, now and on those to come, or not. */
  receive(on: boolean): void {
    this.#receiving = on;
    const { device } = this;
    if (on && device?.state === 'unregistered') this.#register(device);
    if (!on && device?.state === 'registered') this.#unregister(device);
  }

  /** Sends the sound of calls there: a `deviceId`, or the one that the agent has chosen. Rejects when it is not there. */
  async useSpeaker(id = rememberedDevice('speaker').id): Promise<void> {
    const speakers = this.device?.audio?.speakerDevices;
    if (!speakers || id === this.#speaker) return;
    this.#speaker = id;
    try {
      await speakers.set(id);
    } catch (error) {
      this.#speaker = DEFAULT_ID;
      throw error;
    }
  }

  /** Ends the device with all that it still has to send; the next `ready` makes another. */
  drop(): void {
    this.#options.onDrop();
    this.leave()?.destroy();
  }

  /** Lets go of the device, with the call that it has: the page is being left. */
  leave(): VoiceDevice | undefined {
    const { device } = this;
    const { page } = this.#options;
    clearInterval(this.#timer);
    for (const wakeUp of WAKE_UPS) page.removeEventListener(wakeUp, this.#onWakeUp);
    page.removeEventListener('pagehide', this.#onPageHide);
    this.#made = this.device = this.#renewal = undefined;
    this.#generation = {};
    if (device) this.onChange();
    return device;
  }

  async #make(): Promise<VoiceDevice> {
    const { loadSdk, page } = this.#options;
    const generation = this.#generation;
    const [sdk, token] = await Promise.all([loadSdk(), this.#request()]);
    if (!sdk.Device.isSupported) throw new ProblemError('unsupported-browser', 'This browser has no WebRTC.');
    if (generation !== this.#generation) throw new ProblemError('unknown', 'The phone was closed while it was made.');
    const options = deviceOptions(sdk, { ...this.#options, edge: token.edges ?? token.edge });
    const [device, onPageHide] = withoutPageHide(page, () => new sdk.Device(token.accessToken, options));
    this.device = device;
    this.#sdkOnPageHide = onPageHide;
    this.#speaker = DEFAULT_ID;
    this.#keep(token);
    // Else it waits for its own ringtone before it says that somebody calls.
    device.audio?.incoming(false);
    device.on('error', (error) => this.#onError(device, error));
    device.on('tokenWillExpire', this.#check);
    device.on('destroyed', () => this.device === device && this.drop());
    device.on('incoming', (call) => this.onIncoming(call));
    device.on('registered', () => {
      // The SDK also registers again by itself what had been registered once.
      if (!this.#receiving) this.#unregister(device);
      this.onChange();
    });
    device.on('unregistered', () => this.onChange());
    this.#timer = setInterval(this.#check, CHECK_MS);
    for (const wakeUp of WAKE_UPS) page.addEventListener(wakeUp, this.#onWakeUp);
    page.addEventListener('pagehide', this.#onPageHide);
    this.#register(device);
    this.onChange();
    return device;
  }

  /** Registered or not, the connection is open afterwards: a call can be made without, and says what is wrong. */
  #register(device: VoiceDevice): void {
    const settle = () => {
      // Not before: a new device chooses the system's loudspeaker once it has looked round.
      this.useSpeaker().catch(() => {});
      if (!this.#receiving && device.state === 'registered') this.#unregister(device);
    };
    device
      .register()
      .then(settle)
      .catch(() => {});
  }

  #unregister(device: VoiceDevice): void {
    const settle = () => {
      if (this.#receiving && device.state === 'unregistered') this.#register(device);
    };
    device
      .unregister()
      .then(settle)
      .catch(() => {});
  }

  /** What the SDK would have done, but for the calls that ring. Who wants a call kept, has listened before. */
  readonly #onPageHide = (event: Event): void => {
    this.#options.onDrop();
    this.#sdkOnPageHide(event);
  };

  async #request(): Promise<TokenAnswer> {
    const before = this.tokenProblem;
    try {
      const token = await this.#options.requestAccessToken();
      this.tokenProblem = null;
      return token;
    } catch (error) {
      this.tokenProblem = problemOf(error);
      throw error;
    } finally {
      if (before !== this.tokenProblem) this.onChange();
    }
  }

  #keep({ accessToken, expiresAt }: TokenAnswer): void {
    const life = jwtLife(accessToken);
    this.#expiresAt = life === null ? Date.parse(expiresAt) : Date.now() + life;
  }

  readonly #onWakeUp = (): void => {
    this.#renewAgainAt = 0;
    this.#check();
  };

  readonly #check = (): void => {
    const margin = this.#options.isBusy() ? REFRESH_IN_CALL_MS : TOKEN_REFRESH_MS;
    const now = Date.now();
    if (this.device && now >= this.#renewAgainAt && this.#expiresAt - now <= margin) this.#renew().catch(() => {});
  };

  #renew(): Promise<void> {
    const { device } = this;
    const renew = async () => {
      try {
        const token = await this.#request();
        if (this.device !== device) return;
        this.#failures = 0;
        // The SDK announces the end of a token that lives shorter than that as soon as it has it.
        this.#renewAgainAt = Date.now() + CHECK_MS / 2;
        this.#keep(token);
        device?.updateToken(token.accessToken);
      } catch (error) {
        const pause = Math.min(RENEW_AGAIN_MS, 1000 * 2 ** this.#failures);
        this.#failures += 1;
        // Many agents may have lost the same service at the same time.
        this.#renewAgainAt = Date.now() + pause * (0.5 + Math.random() / 2);
        throw error;
      }
    };
    const renewal = (this.#renewal ??= renew().finally(() => (this.#renewal = undefined)));
    return renewal;
  }

  #onError(device: VoiceDevice, error: VoiceError): void {
    const problem = problemOfSdk(error);
    // The SDK mends lost connections by itself.
    if (device !== this.device || !REFUSALS.test(`${error.code}`)) return;
    if (this.#options.isBusy()) {
      this.#renew().catch(() => {});
      return;
    }
    this.drop();
    this.#options.onRefused(problem);
  }
}
