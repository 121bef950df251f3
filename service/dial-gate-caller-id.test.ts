import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agent } from './calls/ports.ts';
import { createDialGate } from './dial-gate.ts';
import type { ServiceError } from './errors.ts';
import { createLogger } from './logger.ts';

const CONFIGURED = ['+20224610000', '+20224610001'];
const owned = { incoming: new Set(CONFIGURED), callerIds: new Set(CONFIGURED) };
const gate = createDialGate({
  policy: { defaultCountry: 'EG', allowedCountries: ['EG'] },
  callerIds: CONFIGURED,
  rates: new Map(),
  admission: {
    reserve: () => Promise.resolve(undefined),
    putThrough: () => Promise.resolve({ newCountry: false }),
    priced: () => Promise.resolve(),
  },
  numbers: { known: () => Promise.resolve(owned) },
  clock: () => new Date(),
  logger: createLogger('silent'),
});
const asks = (callerIds?: string[]) => {
  const agent: Agent = { id: 'mona', name: null, identity: 'mona', role: 'agent', ...(callerIds && { callerIds }) };
  return gate.ask(agent, { callId: '019a0000-0000-7000-8000-000000000000', to: '01001234500' }, new Date());
};

test("the CRM's token narrows what an agent may show, and widens nothing", async () => {
  assert.equal((await asks()).callerId, '+20224610000');
  assert.equal((await asks(['+20224610001'])).callerId, '+20224610001');
  await assert.rejects(asks(['+15005550006']), (error: ServiceError) => error.code === 'role-refused');
});
