import { ProblemError } from '../core/problem-error.ts';
import type { Problem } from '../core/state.ts';
import { jwtLife } from '../jwt-claims.ts';
import type { TokenAnswer } from '../../service/contract.ts';
import { TOKEN_REFRESH_MS, deviceOptions, type DeviceOptionsInput } from './device-options.ts';
import { problemOfSdk } from './sdk-errors.ts';
import type { VoiceDevice, VoiceError, VoiceSdk } from './voice-sdk.ts';

/** A new token during a call can cost a second of audio: not before it must be. */
const REFRESH_IN_CALL_MS = 30_000;
const CHECK_MS = 15_000;

/** After each of these a timer may have been asleep. */
const WAKE_UPS = ['visibilitychange', 'online', 'pageshow'];

/** The carrier does not accept the access token, or the account behind it. */
const REFUSALS: ReadonlySet<number> = new Set([20101, 20104, 20151]);

export interface DeviceLifeOptions extends Omit<DeviceOptionsInput, 'edge'> {
  loadSdk: () => Promise<VoiceSdk>;
  requestAccessToken: () => Promise<TokenAnswer>;
  /** Told when the carrier does not accept the device: no call can be made with it, and the next one gets a new one. */
  onRefused: (problem: Problem) => void;
  /** Where the page's wake-ups are heard: the window. */
  page: EventTarget;
}

/** The SDK's Device, from first need to the end: made once, its access token kept fresh, replaced when it is no good. */
export class DeviceLife {
  readonly #options: DeviceLifeOptions;
  #made: Promise<VoiceDevice> | undefined;
  /** Changes with every drop, so that what was under way before it knows. */
  #generation = {};
  #device: VoiceDevice | undefined;
  #expiresAt = 0;
  #renewal: Promise<void> | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

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
      if (this.#made === made) this.drop();
      throw error;
    }
  }

  /** Ends the device with all that it still has to send; the next `ready` makes another. */
  drop(): void {
    const device = this.#device;
    clearInterval(this.#timer);
    for (const wakeUp of WAKE_UPS) this.#options.page.removeEventListener(wakeUp, this.#check);
    this.#made = this.#device = this.#renewal = undefined;
    this.#generation = {};
    device?.destroy();
  }

  async #make(): Promise<VoiceDevice> {
    const { loadSdk, requestAccessToken, page } = this.#options;
    const generation = this.#generation;
    const [sdk, token] = await Promise.all([loadSdk(), requestAccessToken()]);
    if (!sdk.Device.isSupported) throw new ProblemError('unsupported-browser', 'This browser has no WebRTC.');
    if (generation !== this.#generation) throw new ProblemError('unknown', 'The phone was closed while it was made.');
    const device = new sdk.Device(token.accessToken, deviceOptions(sdk, { ...this.#options, edge: token.edge }));
    this.#device = device;
    this.#keep(token);
    device.on('error', (error) => this.#onError(device, error));
    device.on('tokenWillExpire', this.#check);
    device.on('destroyed', () => this.#device === device && this.drop());
    // This phone has no way yet to answer; a caller is better off with whoever is next than with silence.
    device.on('incoming', (call) => call.reject());
    this.#timer = setInterval(this.#check, CHECK_MS);
    for (const wakeUp of WAKE_UPS) page.addEventListener(wakeUp, this.#check);
    // Only to have the connection open: a call can be made without, and says what is wrong.
    device.register().catch(() => {});
    return device;
  }

  #keep({ accessToken, expiresAt }: TokenAnswer): void {
    const life = jwtLife(accessToken);
    this.#expiresAt = life === null ? Date.parse(expiresAt) : Date.now() + life;
  }

  readonly #check = (): void => {
    const margin = this.#device?.isBusy ? REFRESH_IN_CALL_MS : TOKEN_REFRESH_MS;
    if (this.#device && this.#expiresAt - Date.now() <= margin) this.#renew().catch(() => {});
  };

  #renew(): Promise<void> {
    const device = this.#device;
    const renew = async () => {
      const token = await this.#options.requestAccessToken();
      if (this.#device !== device) return;
      this.#keep(token);
      device?.updateToken(token.accessToken);
    };
    const renewal = (this.#renewal ??= renew().finally(() => (this.#renewal = undefined)));
    return renewal;
  }

  #onError(device: VoiceDevice, error: VoiceError): void {
    const problem = problemOfSdk(error);
    // The SDK mends lost connections by itself.
    if (device !== this.#device || !REFUSALS.has(error.code)) return;
    if (device.isBusy) {
      this.#renew().catch(() => {});
      return;
    }
    this.drop();
    this.#options.onRefused(problem);
  }
}
