import { statusForms, type LabCall } from '../service-lab/call-facts.ts';
import { carrierRequest, requestBytes } from '../service-lab/http-request.ts';
import { loadAllGood } from '../service-lab/load.ts';
import { makeIntents, questions } from '../service-lab/placed-calls.ts';
import { runProgram, runService, temporaryDirectory } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import { floorArms, printLadder } from './ladder.ts';
import { compare } from './report.ts';
import { sideBySide } from './side-by-side.ts';

/** Few enough that no intent is over (30 s) before its question comes, on a slow machine too. */
const REQUESTS = 2000;

const RUNGS = {
  'node:http reads a form and answers TwiML': 'http twiml',
  'the signature is checked': 'http twiml signature',
  'Hono, without middleware': 'hono twiml signature',
  'two rows on disk, one commit for all that wait': 'hono twiml signature rows',
};

/** Budget 8: the carrier's question → TwiML, with signature, intent and row of the log, against one that checks nothing. */
export async function benchTwiml(rounds: number): Promise<void> {
  const baseline = await runProgram('scripts/bench-service/baselines/express-twiml.mjs', labSettings(), {
    core: 'server',
  });
  const settings = labSettings({ DATABASE_URL: `sqlite:${temporaryDirectory()}/calls.db` });
  const ours = await runService(settings, { core: 'server' });
  let placed: LabCall[] = [];
  const floors = await floorArms(RUNGS, settings, () => questions(placed));
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  try {
    const [theirs, figures, ...below] = await sideBySide(
      [
        {
          name: 'Express + TwiML builder',
          program: baseline,
          async requests() {
            const fields = (index: number) =>
              new URLSearchParams({
                CallSid: `CA${String(index).padStart(32, '0')}`,
                AccountSid: settings['TWILIO_ACCOUNT_SID']!,
                From: 'client:agent',
                Direction: 'inbound',
                Number: '+201001234500',
              });
            return Array.from({ length: 3 * REQUESTS }, (_, index) =>
              requestBytes('POST', '/voice', form, fields(index).toString()),
            );
          },
          expect: '<Dial',
        },
        {
          name: 'POST /api/calls/twiml/outbound',
          program: ours,
          async requests() {
            // As in life, calls end: those that are open are counted at every question.
            const ends = placed.map((call) => carrierRequest(statusForms(call)[2]!));
            if (ends.length > 0) await loadAllGood(ours.port, ends);
            placed = await makeIntents(ours.port, REQUESTS);
            return questions(placed);
          },
          expect: '<Dial',
        },
        ...floors,
      ],
      rounds,
    );
    printLadder([
      ...floors.map(({ name }, index) => ({ name, ...below[index]! })),
      { name: "the service: intent, limits, the call's record, log", ...figures! },
    ]);
    compare({
      budget: 8,
      what: 'TwiML answers',
      ours: figures!.perSecond,
      theirs: theirs!.perSecond,
      unit: '/s',
      limit: 1.5,
      atLeast: true,
      most: 0.15,
    });
    compare({
      budget: 8,
      what: 'memory after the load',
      ours: figures!.rssMiB,
      theirs: theirs!.rssMiB,
      unit: ' MiB',
      limit: 0.5,
      most: 0.8,
    });
  } finally {
    await Promise.all([baseline, ours, ...floors.map(({ program }) => program)].map((program) => program.stop()));
  }
}
