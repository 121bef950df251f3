import {
  CHECK_STEPS,
  type CheckStep,
  type CheckStepId,
  type LineCheck,
  type LineCheckState,
} from '../../core/line-check.ts';
import { problemOf } from '../../core/problem-error.ts';
import { createStore } from '../../core/store.ts';
import { Microphone } from '../microphone.ts';
import type { CheckRun, Finding, LineCheckOptions, Step } from './check-run.ts';
import { loadCheckSdk } from './check-sdk.ts';
import { watchContentPolicy } from '../../content-policy.ts';
import { echo } from './echo-step.ts';
import { microphone } from './microphone-step.ts';
import { permissionsPolicy, securePage } from './page-steps.ts';
import { contentPolicy, service, token } from './service-steps.ts';
import { signalling } from './signalling-step.ts';
import { browserSurroundings } from './surroundings.ts';

const STEPS: Readonly<Record<CheckStepId, Step>> = {
  'secure-page': securePage,
  'permissions-policy': permissionsPolicy,
  service,
  token,
  'content-policy': contentPolicy,
  signalling,
  microphone,
  echo,
};

type Change = Partial<Omit<LineCheckState, 'steps'>> & { readonly step?: CheckStep };

function initial(): LineCheckState {
  const steps = CHECK_STEPS.map((id) => Object.freeze({ id, status: 'waiting', problem: null, detail: '' } as const));
  return Object.freeze({ verdict: 'running', steps: Object.freeze(steps), measured: null });
}

function change(state: LineCheckState, { step, ...rest }: Change): readonly [LineCheckState, readonly never[]] {
  const steps = state.steps.map((one) => (one.id === step?.id ? Object.freeze(step) : one));
  return [Object.freeze({ ...state, ...rest, steps: Object.freeze(steps) }), []];
}

function verdictOf(steps: readonly CheckStep[]): LineCheckState['verdict'] {
  if (steps.some(({ status }) => status === 'failed')) return 'bad';
  return steps.some(({ status }) => status === 'weak') ? 'weak' : 'good';
}

type OwnMeans = 'loadSdk' | 'microphone' | 'surroundings';

export interface LineCheckInput
  extends Omit<LineCheckOptions, OwnMeans | 'service'>, Partial<Pick<LineCheckOptions, OwnMeans>> {
  /** Base URL of the service, as the page gives it. */
  service: URL | string;
}

/** Looks whether a call could be made and how well it would be heard: about twenty seconds, two minutes at the most. */
export function startLineCheck(given: LineCheckInput): LineCheck {
  const options: LineCheckOptions = {
    loadSdk: loadCheckSdk,
    microphone: new Microphone(),
    surroundings: browserSurroundings(),
    ...given,
    service: new URL(String(given.service).replace(/\/?$/, '/'), globalThis.location?.href),
  };
  const store = createStore<LineCheckState, Change, never>({
    initial: initial(),
    transition: change,
    run: () => {},
    report: (error) => reportError(error),
  });
  const end = new AbortController();
  const cleanUps: (() => void)[] = [];
  const tell = (news: Change) => end.signal.aborted || store.dispatch(news);
  const policy = watchContentPolicy(options.surroundings.page, [options.service, options.base]);
  const run: CheckRun = {
    ...options,
    signal: end.signal,
    contentPolicy: policy,
    afterwards: (cleanUp) => (end.signal.aborted ? cleanUp() : cleanUps.push(cleanUp)),
    measured: (measured) => tell({ measured }),
    token: undefined,
    device: undefined,
    silent: false,
  };

  function finish(): void {
    end.abort();
    policy.close();
    for (const cleanUp of cleanUps.splice(0).toReversed()) cleanUp();
  }

  async function find(id: CheckStepId): Promise<Finding> {
    const before = policy.violation();
    let finding: Finding;
    try {
      finding = await STEPS[id].look(run);
    } catch (error) {
      finding = { status: 'failed', problem: problemOf(error).code, detail: (error as Error).message };
    }
    const violation = policy.violation();
    if (finding.status !== 'failed' || !violation || before) return finding;
    return { status: 'failed', problem: 'content-policy', detail: violation.detail };
  }

  async function go(): Promise<void> {
    for (const id of CHECK_STEPS) {
      const { steps } = store.getState();
      const isBad = (need: CheckStepId) =>
        steps.some((step) => step.id === need && (step.status === 'failed' || step.status === 'skipped'));
      if (STEPS[id].needs.some(isBad)) {
        tell({ step: { id, status: 'skipped', problem: null, detail: '' } });
        continue;
      }
      tell({ step: { id, status: 'running', problem: null, detail: '' } });
      const { status, problem = null, detail = '' } = await find(id);
      tell({ step: { id, status, problem, detail } });
      if (end.signal.aborted) return;
    }
    // The page's policy may have refused something only a later step needed.
    const violation = policy.violation();
    if (violation) {
      tell({ step: { id: 'content-policy', status: 'failed', problem: 'content-policy', detail: violation.detail } });
    }
    tell({ verdict: verdictOf(store.getState().steps) });
    finish();
  }

  void go();
  return {
    getState: () => store.getState(),
    subscribe: (listener) => store.subscribe(listener),
    close: finish,
  };
}
