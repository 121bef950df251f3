import { dialsAsItMay, oddQuestion, random } from '../../service/testing/odd-questions.ts';
import { signature } from '../../demo/sandbox/webhooks/signature.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { makeIntents } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import { inFlight } from './in-flight.ts';
import type { Soak } from './soak-step.ts';

const CALLER_IDS = [ACCOUNT.callerId, '+20224610001'];
const PATH = '/api/calls/twiml/outbound';
/** Dial intents live a minute: these many are made, then asked for some times each. */
const INTENTS = 1000;
const ASKED_EACH = 10;

/** Checks 20 and 21. */
export const oddQuestions = {
  title: 'Signed questions what to do with a call, most of their fields odd',
  async work(soak: Soak) {
    const service = await runService(
      labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'silent', TWILIO_CALLER_ID: CALLER_IDS.join(',') }),
    );
    soak.atEnd(() => service.kill());
    const count = soak.short ? 50_000 : 1_000_000;
    const next = random(20_261_128);
    const statuses = new Map<number, number>();
    const faults = new Map<string, string>();
    let dialled = 0;
    for (let asked = 0; asked < count; asked += INTENTS * ASKED_EACH) {
      const calls = await makeIntents(service.port, INTENTS);
      await inFlight(INTENTS * ASKED_EACH, 40, async (index) => {
        const call = calls[index % INTENTS]!;
        const fields = { AccountSid: ACCOUNT.accountSid, ...oddQuestion(next, call.callId, call.agent) };
        const headers = { 'x-twilio-signature': signature(ACCOUNT.authToken, ACCOUNT.publicUrl + PATH, fields) };
        const answer = await fetch(service.url + PATH, { method: 'POST', headers, body: new URLSearchParams(fields) });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const xml = await answer.text();
        if (answer.status !== 200) return;
        try {
          if (dialsAsItMay(xml, { numbers: '+2010', callerIds: CALLER_IDS })) dialled += 1;
        } catch (error) {
          faults.set((error as Error).message, JSON.stringify(fields).slice(0, 300));
        }
      });
    }
    const tally = [...statuses].map(([status, times]) => `${status}: ${times}`).join(', ');
    // 403: what was signed is not what a form can carry, such as half a character.
    soak.check(
      `answers to ${count} of them`,
      tally,
      [...statuses.keys()].every((status) => [200, 403].includes(status)),
    );
    soak.check('calls among them, each allowed and under a number of the account', dialled, dialled > count / 20);
    soak.check('TwiML that is broken, or dials or shows another number', faults.size, faults.size === 0);
    for (const [fault, fields] of faults) soak.say(fault, fields);
  },
};
