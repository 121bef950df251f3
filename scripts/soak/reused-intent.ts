import { labCall, questionForm } from '../service-lab/call-facts.ts';
import { carrierRequest, sid } from '../service-lab/http-request.ts';
import { load } from '../service-lab/load.ts';
import { makeIntents } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const TIMES = 1000;

/** Check 22. */
export const reusedIntent = {
  title: 'One dial intent, asked for a thousand times at two nodes',
  async work(soak: Soak) {
    const settings = labSettings({ DATABASE_URL: await soak.postgresUrl(), LOG_LEVEL: 'error' });
    const nodes = [await runService(settings), await runService(settings)];
    soak.atEnd(() => Promise.all(nodes.map((node) => node.kill())));
    const [call] = await makeIntents(nodes[0]!.port, 1);

    /** How many of the questions are answered by `<Dial>`, over both nodes. */
    async function dials(forms: Buffer[]): Promise<number> {
      const halves = nodes.map((_, half) => forms.filter((__, index) => index % 2 === half));
      const answers = await Promise.all(
        nodes.map(({ port }, half) => load(port, halves[half]!, { connections: 64, expect: '<Dial' })),
      );
      // 999 is an answer without what was expected; nothing else may come.
      const statuses = answers.flatMap(({ statuses }) => [...statuses]);
      const odd = statuses.filter((status) => status !== 200 && status !== 999);
      soak.check(`answers that are no TwiML, of ${statuses.length}`, odd.length, odd.length === 0);
      return statuses.filter((status) => status === 200).length;
    }

    // Another call of the carrier's each time: one and the same is a question repeated, and answered as before.
    const asked = Array.from({ length: TIMES }, (_, index) =>
      carrierRequest(questionForm({ ...call!, callSid: sid('CA', call!.callId, index) }, call!.agent)),
    );
    const reused = await dials(asked);
    soak.check(`dialled, the intent of one call asked for ${TIMES} times at once`, reused, reused === 1);

    const [again] = await makeIntents(nodes[1]!.port, 1);
    const repeated = await dials(Array.from({ length: 20 }, () => carrierRequest(questionForm(again!, again!.agent))));
    soak.check('dialled, the same question of the carrier 20 times', repeated, repeated === 20);

    const [foreign] = await makeIntents(nodes[0]!.port, 1);
    const unknown = Array.from({ length: 50 }, (_, index) => labCall(index));
    const forged = await dials([
      carrierRequest(questionForm(foreign!, 'somebodyelse')),
      ...unknown.map((each) => carrierRequest(questionForm(each, each.agent))),
    ]);
    soak.check('dialled, intents of another agent or of nobody', forged, forged === 0);
  },
};
