import { ProblemError } from '../../core/problem-error.ts';
import { deviceOptions } from '../device-options.ts';
import { problemOfSdk } from '../sdk-errors.ts';
import { GOOD, type Step } from './check-run.ts';
import { within } from './within.ts';

const REGISTER_MS = 10_000;
/** For each further edge: the SDK waits 5 s for one, and up to 7 s before the next. */
const NEXT_EDGE_MS = 12_000;
const UNREGISTER_MS = 3000;

/** A device of the check's own is known to the carrier. It takes no calls: those are the phone's. */
export const signalling: Step = {
  needs: ['token', 'content-policy'],
  async look(run) {
    const { base, version, microphone, signal } = run;
    const { accessToken, edge, edges = [] } = run.token!;
    const sdk = await within(REGISTER_MS, 'service-unreachable', run.loadSdk(), signal);
    if (!sdk.Device.isSupported) throw new ProblemError('unsupported-browser', 'This browser has no WebRTC.');
    const options = deviceOptions(sdk, {
      base,
      version,
      edge: edges.length > 1 ? edges : edge,
      getUserMedia: microphone.take,
    });
    const device = new sdk.Device(accessToken, { ...options, closeProtection: false });
    run.afterwards(() => device.destroy());
    device.audio?.incoming(false);
    // To reject it would end it for everybody whom it rings.
    device.on('incoming', (call) => call.ignore());

    let last = new ProblemError('connection-lost', '');
    const refused = Promise.withResolvers<never>();
    device.on('error', (error) => {
      const { code, carrierCode } = problemOfSdk(error);
      last = new ProblemError(code, String(carrierCode), carrierCode);
      // What is lost the SDK mends by itself, if it can.
      if (code !== 'connection-lost' && code !== 'unknown') refused.reject(last);
    });
    try {
      const time = REGISTER_MS + NEXT_EDGE_MS * Math.max(0, edges.length - 1);
      await within(time, 'connection-lost', Promise.race([device.register(), refused.promise]), signal);
    } catch {
      throw last;
    }
    // From here on it would ring in place of the phone.
    await within(UNREGISTER_MS, 'connection-lost', device.unregister(), signal).catch(() => {});
    run.device = device;
    return { ...GOOD, detail: device.edge ?? '' };
  },
};
