import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceDialer } from './dialer.ts';
import type { ServiceClient } from './service-client.ts';
import { memoryStorage } from './testing/memory-storage.ts';
import { createCallKeeper } from './saved-call.ts';
import { ScriptedPhone } from './testing/scripted-phone.ts';

test('the tones after a number are of that call: the customer who calls next does not hear them', async () => {
  const phone = new ScriptedPhone();
  const dialer = new ServiceDialer(
    {
      service: 'https://dialer.example',
      defaultCountry: 'EG',
      receiveCalls: true,
      pauseForWrapUp: false,
      phoneWindow: false,
      getAuthToken: () => Promise.reject(new Error('not asked')),
    },
    {
      client: {
        agentId: async () => 'mona',
        requestDial: ({ to }: { to: string }) => Promise.resolve({ to, line: null }),
      } as unknown as ServiceClient,
      feed: { listen: () => () => {} } as never,
      keeper: createCallKeeper('call', memoryStorage),
      page: new EventTarget(),
      available: true,
      createPhone: (report) => {
        phone.report = report;
        return phone;
      },
      loadNumberRules: async () => (to) => ({ to }),
    },
  );
  dialer.dial('+201001234501,,4711#');
  const { callId } = dialer.getState().call!;
  phone.report({ type: 'call-failed', callId, at: 1, problem: { code: 'carrier-refused', carrierCode: 31002 } });
  dialer.dismiss();
  phone.report({ type: 'call-arrived', callId: 'next', number: '+201001234502', name: null, line: null, at: 2 });
  dialer.answer();
  phone.report({ type: 'call-opened', callId: 'next', at: 3 });
  assert.equal(dialer.getState().phase, 'open');
  assert.equal(phone.did('sendDigits'), 0);
  dialer.close();
});
