import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckStep } from '../../core/line-check.ts';
import { supportReport } from './support-report.ts';

const around = {
  origin: 'https://crm.example',
  userAgent: 'Browser/149.0.0.0',
  online: true,
  at: Date.UTC(2026, 10, 25),
};
const step = (id: CheckStep['id'], detail: string): CheckStep => ({
  id,
  status: 'failed',
  problem: 'content-policy',
  detail,
});

test('says what was looked at and what came of it, in plain English', () => {
  const measured = { roundTripMs: 119.7, lossShare: 0.0034, mos: 4.21 };
  const steps = [
    step('content-policy', 'connect-src'),
    { ...step('echo', ''), status: 'good', problem: null } as const,
  ];
  assert.equal(
    supportReport({ verdict: 'bad', steps, measured }, around),
    [
      'Almasar Dialer: check of the line',
      'Time: 2026-11-25T00:00:00.000Z',
      'Page: https://crm.example',
      'Browser: Browser/149.0.0.0',
      'Online: yes',
      'Verdict: bad',
      '  content-policy: failed (content-policy: connect-src)',
      '  echo: good',
      'Measured: 120 ms round trip, 0.3 % loss, MOS 4.2',
    ].join('\n'),
  );
});

test('lets no token, number or query of an address through', () => {
  const details = [
    'refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl',
    'to +201001234501',
    'to 010 0123 4501',
    'wss://voice-js.roaming.twilio.com/signal?token=abc123 closed',
    'https://service.example/api/check#secret 403',
  ];
  for (const detail of details) {
    const report = supportReport(
      { verdict: 'bad', steps: [step('token', detail)], measured: null },
      { ...around, at: 0 },
    );
    assert.doesNotMatch(report, /eyJ|4501|abc123|#secret/);
    assert.match(report, /\((content-policy: \S.*)\)/);
  }
  const kept = supportReport(
    { verdict: 'bad', steps: [step('signalling', 'code 31005, 120 ms')], measured: null },
    around,
  );
  assert.match(kept, /code 31005, 120 ms/);
});
