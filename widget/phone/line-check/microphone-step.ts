import { stopTracks } from '../microphone.ts';
import { GOOD, type Step } from './check-run.ts';
import { pause, within } from './within.ts';

/** The person may be asked first. */
const OPEN_MS = 60_000;
const LISTEN_MS = 3000;

/** A switched-off headset gives nothing; a quiet room gives more, a voice far more. */
const SILENCE = 0.15;

/** The microphone opens, and gives more than silence. */
export const microphone: Step = {
  needs: ['secure-page', 'permissions-policy'],
  async look(run) {
    const opening = run.microphone.open();
    run.afterwards(() => {
      run.microphone.release();
      opening.then(stopTracks, () => {});
    });
    const stream = await within(OPEN_MS, 'microphone-dismissed', opening, run.signal);
    const heard = new AbortController();
    let loudest = 0;
    const stop = run.surroundings.measureLevel(stream, (level) => {
      loudest = Math.max(loudest, level);
      if (loudest > SILENCE) heard.abort();
    });
    await pause(LISTEN_MS, AbortSignal.any([heard.signal, run.signal]));
    stop();
    run.silent = loudest <= SILENCE;
    return run.silent ? { status: 'weak', detail: `level ${loudest.toFixed(2)}` } : GOOD;
  },
};
