import { ProblemError, problemOf } from '../../core/problem-error.ts';
import { GOOD, type Step } from './check-run.ts';
import { within } from './within.ts';

const ANSWER_MS = 10_000;

/** The service is there. Its `/healthz` is not for other origins to read; that it answers at all is what counts. */
export const service: Step = {
  needs: [],
  async look({ service, signal }) {
    const url = new URL('healthz', service);
    const asking = fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal });
    try {
      const answer = await within(ANSWER_MS, 'service-unreachable', asking, signal);
      if (answer.ok || answer.type === 'opaque') return GOOD;
      return { status: 'failed', problem: 'service-unreachable', detail: `HTTP ${answer.status} ${url.host}` };
    } catch {
      throw new ProblemError('service-unreachable', url.host);
    }
  },
};

/** The page's sign-in is good for an access token of the carrier. */
export const token: Step = {
  needs: ['service'],
  async look(run) {
    run.token = await within(ANSWER_MS, 'service-unreachable', run.requestAccessToken(), run.signal);
    return GOOD;
  },
};

/** The page's policy lets the dialer load the SDK, reach the carrier and sound. */
export const contentPolicy: Step = {
  needs: [],
  async look(run) {
    const { base, contentPolicy, surroundings, loadSdk, signal } = run;
    const edges = run.token?.edges ?? [run.token?.edge ?? 'roaming'];
    const loading = within(ANSWER_MS, 'service-unreachable', loadSdk(), signal);
    const [loaded] = await Promise.allSettled([
      loading,
      ...edges.map((edge) => surroundings.tryWebSocket(`wss://voice-js.${edge}.twilio.com/signal`)),
      surroundings.trySound(new URL('sounds/ringtone.wav', base).href),
    ]);
    const violation = contentPolicy.violation();
    if (violation) return { status: 'failed', problem: 'content-policy', detail: violation.detail };
    if (loaded.status === 'rejected') throw new ProblemError(problemOf(loaded.reason).code, 'The Voice SDK');
    return GOOD;
  },
};
