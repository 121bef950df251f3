import { signature } from '../../demo/sandbox/webhooks/signature.ts';
import { dialsAsItMay, oddQuestions } from '../../service/testing/odd-questions.ts';
import { intentRequest, labCall } from '../service-lab/call-facts.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { loadAllGood, tally } from '../service-lab/load.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const PATH = '/api/calls/twiml/outbound';
const IN_FLIGHT = 40;

/** Checks 20 and 21. */
export const oddFields = {
  title: 'Signed questions for TwiML with fields that nobody should send',
  async work(soak: Soak) {
    const callerIds = [ACCOUNT.callerId, '+20224610001'];
    const service = await runService(
      labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'error', TWILIO_CALLER_ID: callerIds.join(',') }),
    );
    soak.atEnd(() => service.kill());
    const calls = Array.from({ length: 20 }, (_, index) => labCall(index, 'mona'));
    await loadAllGood(
      service.port,
      calls.map((call) => intentRequest(call)),
    );
    const next = oddQuestions(
      calls.map(({ callId }) => callId),
      'mona',
    );
    const count = soak.short ? 20_000 : 1_000_000;
    const statuses: number[] = [];
    const wrong: string[] = [];
    let dialled = 0;

    async function line(): Promise<void> {
      for (let fields = next(); statuses.length < count; fields = next()) {
        const sent = { AccountSid: ACCOUNT.accountSid, ...fields };
        const headers = { 'x-twilio-signature': signature(ACCOUNT.authToken, ACCOUNT.publicUrl + PATH, sent) };
        const answer = await fetch(service.url + PATH, { method: 'POST', headers, body: new URLSearchParams(sent) });
        statuses.push(answer.status);
        const text = await answer.text();
        if (answer.status !== 200) continue;
        try {
          if (dialsAsItMay(text, { numbers: '+2010100000', callerIds })) dialled += 1;
        } catch {
          wrong.push(text);
        }
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, line));
    // 403: what was signed is not what a form can carry, such as half a character; 413: more than 64 KiB.
    soak.check(
      'answers',
      tally(statuses),
      statuses.every((status) => [200, 403, 413].includes(status)),
    );
    soak.check(
      'no XML, or a number or caller ID that may not be',
      [wrong.length, ...wrong.slice(0, 3)].join(' '),
      wrong.length === 0,
    );
    soak.check(`${calls.length} intents: dialled`, dialled, dialled === calls.length);
  },
};
