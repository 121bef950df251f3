import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import type { ErrorAnswer, TokenAnswer } from '../../contract.ts';
import { crmToken, PARENT, startTestService, type TestService } from '../../testing/test-service.ts';

let service: TestService;
let ahead = 0;
before(async () => (service = await startTestService({}, { clock: () => new Date(Date.now() + ahead * 1000) })));
after(() => service.remove());

async function ask(): Promise<Response> {
  return service.asAgent('/api/calls/token', { method: 'POST', bearer: await crmToken() });
}

for (const minutes of [-10, 10]) {
  test(`with a clock ${minutes} min off, the CRM is told that the clocks differ and by how much`, async () => {
    ahead = minutes * 60;
    const answer = await ask();
    assert.equal(answer.status, 401);
    const { reason, message } = (await answer.json()) as ErrorAnswer;
    assert.equal(reason, 'clock');
    // Signed at our time for 300 s: dated 600 s ahead, or over for 300 s.
    const seconds = Number(/(\d+) s /.exec(message)![1]);
    assert.ok(Math.abs(seconds - (minutes < 0 ? 600 : 300)) <= 3, message);
    assert.match(message, /NTP/);
  });

  test(`with a clock ${minutes} min off, the carrier's webhooks are taken`, async () => {
    ahead = minutes * 60;
    const fields = { CallSid: PARENT, CallStatus: 'completed', Timestamp: new Date().toUTCString() };
    assert.equal((await service.asCarrier('/api/calls/webhook/status', fields)).status, 204);
  });
}

test('clocks up to a minute apart are borne, and an access token always lives as long', async () => {
  for (const seconds of [-59, -30, 0, 30, 59]) {
    ahead = seconds;
    const answer = await ask();
    assert.equal(answer.status, 200, `${seconds} s`);
    const { accessToken, expiresAt } = (await answer.json()) as TokenAnswer;
    const { iat, exp } = decodeJwt(accessToken);
    assert.equal(exp! - iat!, 3600);
    assert.equal(Date.parse(expiresAt), exp! * 1000);
  }
});
