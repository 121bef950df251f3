import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dialsAsItMay, oddQuestion, random } from '../testing/odd-questions.ts';
import { askToCall, mobile } from '../testing/outgoing-calls.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const ROUNDS = 20_000;
const IN_FLIGHT = 40;
const CALLER_IDS = ['+20224610000', '+20224610001'];

let service: TestService;
let intents: string[];
before(async () => {
  service = await startTestService({ TWILIO_CALLER_ID: CALLER_IDS.join(',') });
  const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => askToCall(service, mobile(index))));
  intents = asked.map(({ callId }) => callId);
});
after(() => service.remove());

test(`${ROUNDS} signed questions with odd fields: no 5xx, well-formed XML, nobody called but whom an intent names`, async () => {
  const next = random(20_261_125);
  let dialled = 0;
  let answered = 0;
  for (let round = 0; round < ROUNDS; round += IN_FLIGHT) {
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        const sent = oddQuestion(next, intents[Math.floor(next() * intents.length)]!, 'mona');
        const answer = await service.asCarrier('/api/calls/twiml/outbound', sent);
        const context = JSON.stringify(sent).slice(0, 500);
        // 403: what was signed is not what a form can carry, such as half a character.
        assert.ok(answer.status === 200 || answer.status === 403, `${answer.status} ${context}`);
        if (answer.status === 403) return;
        answered += 1;
        if (dialsAsItMay(await answer.text(), { numbers: '+2010100000', callerIds: CALLER_IDS })) dialled += 1;
      }),
    );
  }
  assert.ok(answered > ROUNDS / 2, `${answered} got past the signature`);
  assert.equal(dialled, intents.length, 'each intent dials once, and only once');
});
