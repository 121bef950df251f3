import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agent, DialIntent } from './calls/ports.ts';
import { createDialGate } from './dial-gate.ts';
import type { ServiceError } from './errors.ts';
import { createLogger } from './logger.ts';

const CONFIGURED = ['+20224610000', '+20224610001'];
const INTENT: DialIntent = {
  callId: '',
  agent: { id: 'mona', name: null, identity: 'mona' },
  to: '+201001234500',
  customerName: null,
  callerId: '+20224610000',
  requested: '',
  createdAt: '2026-11-25T12:00:00.000Z',
  expiresAt: '2026-11-25T12:00:30.000Z',
};
const CALL_ID = '019a0000-0000-7000-8000-000000000000';

function gateWith(numbers: readonly string[]) {
  const owned = { incoming: new Set(numbers), callerIds: new Set(numbers) };
  return createDialGate({
    policy: { defaultCountry: 'EG', allowedCountries: ['EG'] },
    callerIds: CONFIGURED,
    rates: new Map(),
    consent: {},
    recordingOptOut: false,
    admission: {
      reserve: (_, intent) => Promise.resolve({ kept: intent }),
      // The intent was given while the account still had the number.
      putThrough: ({ callId }, judge) => {
        const judged = judge({ ...INTENT, callId });
        return Promise.resolve(
          'refusal' in judged ? { callId, intent: INTENT, ...judged } : { callId, intent: INTENT, limitSeconds: 60 },
        );
      },
      forward: () => Promise.resolve({ limitSeconds: 60 }),
      priced: () => Promise.resolve(),
    },
    numbers: { known: () => Promise.resolve(owned) },
    log: { lineCalledBy: () => Promise.resolve(undefined) },
    clock: () => new Date(),
    logger: createLogger('silent'),
  });
}

const asks = (callerIds?: string[], gate = gateWith(CONFIGURED)) => {
  const agent: Agent = { id: 'mona', name: null, identity: 'mona', role: 'agent', ...(callerIds && { callerIds }) };
  return gate.ask(agent, { callId: CALL_ID, to: '01001234500' });
};

test("the CRM's token narrows what an agent may show, and widens nothing", async () => {
  assert.equal((await asks()).callerId, '+20224610000');
  assert.equal((await asks(['+20224610001'])).callerId, '+20224610001');
  await assert.rejects(asks(['+15005550006']), (error: ServiceError) => error.code === 'no-caller-id');
});

test('an account without any of the configured numbers: a refusal that says so, also where the carrier asks', async () => {
  const gate = gateWith(['+15005550006']);
  await assert.rejects(asks(undefined, gate), (error: ServiceError) => error.code === 'no-caller-id');
  const question = { callId: CALL_ID, identity: 'mona', callSid: `CA${'1'.repeat(32)}` };
  assert.equal((await gate.putThrough(question))?.refusal?.code, 'no-caller-id');
  assert.equal((await gateWith(CONFIGURED).putThrough(question))?.refusal, undefined);
});
