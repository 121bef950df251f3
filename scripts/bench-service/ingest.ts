import { labCall, statusForms } from '../service-lab/call-facts.ts';
import { carrierRequest } from '../service-lab/http-request.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runProgram, runService, temporaryDirectory } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import { floorArms, printLadder } from './ladder.ts';
import { compare, verdict } from './report.ts';
import { sideBySide } from './side-by-side.ts';

/** Of each, three events. */
const CALLS = 4000;

const RUNGS = {
  'node:http reads a form and answers 204': 'http',
  'the signature is checked': 'http signature',
  'Hono, without middleware': 'hono signature',
  'two rows on disk, one commit for all that wait': 'hono signature rows',
};

/** The service's own webhook that keeps nothing. */
function announcements(): Buffer[] {
  const { fields } = statusForms(labCall(0))[0]!;
  return Array.from({ length: CALLS }, () => carrierRequest({ path: '/api/calls/twiml/announcement', fields }));
}

/** Every call's events in the order in which a carrier with many calls under way would send them. */
async function events(port: number): Promise<Buffer[]> {
  const forms = (await placeCalls(port, CALLS)).map(statusForms);
  return [0, 1, 2].flatMap((step) => forms.map((each) => carrierRequest(each[step]!)));
}

/** Budget 9: signed status callbacks, each on disk before its 2xx, distinct calls and events. */
export async function benchIngest(rounds: number): Promise<void> {
  const directory = temporaryDirectory();
  const settings = labSettings({ DATABASE_URL: `sqlite:${directory}/calls.db` });
  const theirSettings = { ...settings, BASELINE_FILE: `${directory}/baseline.db` };
  const baseline = await runProgram('scripts/bench-service/baselines/express-ingest.mjs', theirSettings, {
    core: 'server',
  });
  const ours = await runService(settings, { core: 'server' });
  // Both get the same events; the baseline only a part of them, so that a round takes both about as long.
  let made: Buffer[] = [];
  const kept = await floorArms(RUNGS, settings, () => made);
  const unkept = 'the service, where nothing is kept: limits of time, log, metrics';
  const rungs = [...kept, { name: unkept, program: ours, requests: announcements, quiet: true }];
  try {
    const [figures, theirs, ...below] = await sideBySide(
      [
        {
          name: 'POST /api/calls/webhook/status',
          program: ours,
          requests: async () => (made = await events(ours.port)),
        },
        {
          name: 'Express + twilio.webhook() + better-sqlite3 FULL',
          program: baseline,
          requests: () => made.slice(0, CALLS),
        },
        ...rungs,
      ],
      rounds,
      64,
    );
    printLadder([
      ...rungs.map(({ name }, index) => ({ name, ...below[index]! })),
      { name: 'the service: the event, and the record of its call', ...figures! },
    ]);
    compare({
      budget: 9,
      what: 'durable events',
      ours: figures!.perSecond,
      theirs: theirs!.perSecond,
      unit: '/s',
      limit: 7,
      atLeast: true,
      most: 1.5,
    });
    verdict({
      budget: 9,
      what: 'processor time of an event',
      ours: `${figures!.cpuMicrosecondsEach.toFixed(0)} µs`,
      baseline: `${theirs!.cpuMicrosecondsEach.toFixed(0)} µs`,
      value: figures!.cpuMicrosecondsEach,
      unit: 'µs',
      limit: 60,
      most: 300,
    });
  } finally {
    await Promise.all([baseline, ours, ...kept.map(({ program }) => program)].map((program) => program.stop()));
  }
}
