import { ProblemError } from '../../core/problem-error.ts';
import { problemOfSdk } from '../sdk-errors.ts';
import { GOOD, type CheckRun, type Finding, type Step } from './check-run.ts';
import type { CallSample, CheckCall } from './check-sdk.ts';
import { isWeak, measuredOf } from './line-quality.ts';
import { pause, within } from './within.ts';

const ANSWER_MS = 15_000;

/** The service records for about four seconds and plays it back; what comes before it is not the agent's voice. */
const RECORDED_MS = 3500;
const CALL_MS = 14_000;

/** A voice that comes back over a telephone's line; what is softer is the line itself. */
const AUDIBLE = 0.3;
/** A crackle is no voice. */
const HEARD_MS = 500;
/** Of the level's reports. */
const LOOK_MS = 50;

/** Everything of the call that the check waits for. */
function follow(call: CheckCall) {
  const accepted = Promise.withResolvers<void>();
  const over = new AbortController();
  const samples: CallSample[] = [];
  call.on('accept', () => accepted.resolve());
  call.on('error', (error) => {
    const { code, carrierCode } = problemOfSdk(error);
    accepted.reject(new ProblemError(code, String(carrierCode), carrierCode));
  });
  call.on('disconnect', () => {
    over.abort();
    // The SDK tells of the error that a call ended with before or after its end, in the same turn.
    setTimeout(() => accepted.reject(new ProblemError('carrier-refused', 'The call ended at once.')), 0);
  });
  // Rejected without anybody waiting, once the call has been accepted.
  accepted.promise.catch(() => {});
  return { accepted: accepted.promise, over: over.signal, samples };
}

/** For how long something was heard after the recording, until the call is over. Milliseconds. */
async function listen(run: CheckRun, call: CheckCall, over: AbortSignal): Promise<number> {
  const enough = new AbortController();
  const end = AbortSignal.any([over, run.signal, enough.signal]);
  let stop: (() => void) | undefined;
  let heard = 0;
  let recorded = false;
  // The far end's stream comes some time after its answer.
  const look = setInterval(() => {
    const stream = stop ? undefined : call.getRemoteStream();
    stop ??=
      stream &&
      run.surroundings.measureLevel(stream, (level) => {
        if (recorded && level > AUDIBLE) heard += LOOK_MS;
        if (heard >= 2 * HEARD_MS) enough.abort();
      });
  }, LOOK_MS);
  await pause(RECORDED_MS, end);
  recorded = true;
  await pause(CALL_MS - RECORDED_MS, end);
  clearInterval(look);
  stop?.();
  return heard;
}

function findingOf(samples: readonly CallSample[], heard: number, silent: boolean): Finding {
  const measured = measuredOf(samples);
  const jitter = samples.at(-1)?.jitter ?? 0;
  const detail = measured
    ? `rtt ${measured.roundTripMs} ms, loss ${(measured.lossShare * 100).toFixed(1)} %, ` +
      `mos ${measured.mos}, jitter ${Math.round(jitter)} ms`
    : '';
  // Of silence nothing comes back.
  if (heard < HEARD_MS && !silent) return { status: 'failed', problem: 'media-lost', detail };
  if (silent || (measured && isWeak(measured))) return { status: 'weak', detail };
  return { ...GOOD, detail };
}

/** The agent's own voice goes to the carrier and comes back, and how well. */
export const echo: Step = {
  needs: ['signalling', 'microphone'],
  async look(run) {
    const { signal } = run;
    const connecting = run.device!.connect({ params: { Check: 'echo' } });
    run.afterwards(
      () =>
        void connecting.then(
          (call) => call.disconnect(),
          () => {},
        ),
    );
    const call = await within(ANSWER_MS, 'connection-lost', connecting, signal);
    const { accepted, over, samples } = follow(call);
    call.on('sample', (sample) => {
      samples.push(sample);
      const measured = measuredOf(samples);
      if (measured) run.measured(measured);
    });
    try {
      await within(ANSWER_MS, 'media-lost', accepted, signal);
      const heard = await listen(run, call, over);
      return findingOf(samples, heard, run.silent);
    } finally {
      call.disconnect();
    }
  },
};
