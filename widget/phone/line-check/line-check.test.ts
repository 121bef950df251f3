import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { CheckStepId, LineCheck } from '../../core/line-check.ts';
import { ProblemError } from '../../core/problem-error.ts';
import { Microphone } from '../microphone.ts';
import { startLineCheck } from './line-check.ts';
import { ScriptedLine } from './testing/scripted-line.ts';

const SERVICE = 'https://service.example/dialer';

describe('line check', () => {
  let line: ScriptedLine;
  let check: LineCheck;
  let asked: string[];
  let answer: (url: string) => Promise<Response>;
  let requestAccessToken: () => Promise<{ accessToken: string; edge?: string; edges?: string[] }>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    line = new ScriptedLine();
    line.computer.install();
    asked = [];
    answer = () => Promise.resolve(new Response('{}'));
    mock.method(globalThis, 'fetch', (url: URL) => {
      asked.push(url.href);
      line.violate('connect-src', url.href);
      return answer(url.href);
    });
    Object.assign(globalThis, { location: { protocol: 'http:', href: 'https://crm.example/' } });
    requestAccessToken = () => Promise.resolve({ accessToken: 'an access token', edge: 'dublin' });
  });

  afterEach(async () => {
    check.close();
    await settle();
    mock.timers.reset();
    mock.restoreAll();
    assert.deepEqual(line.held(), [], 'not given back');
  });

  /** Time goes on, and all that comes of it happens. */
  async function pass(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += 50) {
      mock.timers.tick(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  async function start(): Promise<void> {
    const { loadSdk, surroundings } = line;
    check = startLineCheck({
      service: SERVICE,
      requestAccessToken,
      loadSdk,
      base: new URL('https://dialer.example/'),
      version: '1',
      microphone: new Microphone(),
      surroundings,
    });
    await settle();
  }

  async function runIt(): Promise<void> {
    await start();
    for (let second = 0; second < 120 && check.getState().verdict === 'running'; second += 1) await pass(1000);
  }

  function step(id: CheckStepId): string[] {
    const { status, problem, detail } = check.getState().steps.find((one) => one.id === id)!;
    return [status, ...(problem ? [problem] : []), ...(detail ? [detail] : [])];
  }

  function statuses(): string {
    return check
      .getState()
      .steps.map(({ status }) => status[0])
      .join('');
  }

  test('a good line is good in every step, and measured', async () => {
    await runIt();
    assert.equal(statuses(), 'gggggggg');
    assert.equal(check.getState().verdict, 'good');
    assert.deepEqual(check.getState().measured, { roundTripMs: 80, lossShare: 0.005, mos: 4.3 });
    assert.deepEqual(step('echo'), ['good', 'rtt 80 ms, loss 0.5 %, mos 4.3, jitter 4 ms']);
    assert.deepEqual(asked, ['https://service.example/dialer/healthz']);
    assert.deepEqual(line.opened, [
      'wss://voice-js.dublin.twilio.com/signal',
      'https://dialer.example/sounds/ringtone.wav',
    ]);
    assert.equal(line.device.accessToken, 'an access token');
    assert.deepEqual(line.device.params, [{ Check: 'echo' }]);
    assert.equal(line.device.rings, false);
    assert.equal(line.device.registered, false, 'it would ring in place of the phone');
    assert.deepEqual(line.held(), []);
  });

  test('which edge of the carrier was reached is said, and the page must let all of them be', async () => {
    const edges = ['frankfurt', 'dublin'];
    requestAccessToken = () => Promise.resolve({ accessToken: 'an access token', edge: 'frankfurt', edges });
    line.register = () => new Promise((resolve) => setTimeout(resolve, 15_000));
    await runIt();
    assert.deepEqual(step('signalling'), ['good', 'dublin']);
    assert.deepEqual(
      line.opened.slice(0, 2),
      edges.map((edge) => `wss://voice-js.${edge}.twilio.com/signal`),
    );
  });

  test('steps are seen one after the other', async () => {
    line.voice = 0;
    const seen: string[] = [];
    await start();
    assert.equal(statuses(), 'ggggggrw');
    check.subscribe(() => seen.push(statuses()));
    await pass(5000);
    assert.deepEqual([...new Set(seen)], ['ggggggww', 'ggggggwr']);
  });

  test('a call that comes in meanwhile is left to the phone', async () => {
    const ignored: string[] = [];
    line.register = (device) => {
      device.emit('incoming', { ignore: () => ignored.push('ignored') });
      return Promise.resolve();
    };
    await runIt();
    assert.deepEqual(ignored, ['ignored']);
  });

  test('a page that is not secure has no microphone, but a service', async () => {
    line.computer.secure = false;
    await runIt();
    assert.deepEqual(step('secure-page'), ['failed', 'insecure-page', 'http:']);
    assert.equal(statuses(), 'fsggggss');
    assert.equal(check.getState().verdict, 'bad');
  });

  test('a page that may not use a microphone', async () => {
    line.computer.policy = false;
    await runIt();
    assert.deepEqual(step('permissions-policy'), [
      'failed',
      'microphone-not-allowed-here',
      'Permissions-Policy: microphone',
    ]);
    assert.equal(statuses(), 'gfggggss');
  });

  test('a service that is not there', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await runIt();
    assert.deepEqual(step('service'), ['failed', 'service-unreachable', 'service.example']);
    assert.equal(statuses(), 'ggfsgsgs');
  });

  test('a service that does not answer', async () => {
    answer = () => new Promise(() => {});
    await runIt();
    assert.deepEqual(step('service'), ['failed', 'service-unreachable', 'service.example']);
  });

  test('a service that is broken', async () => {
    answer = () => Promise.resolve(new Response('', { status: 502 }));
    await runIt();
    assert.deepEqual(step('service'), ['failed', 'service-unreachable', 'HTTP 502 service.example']);
  });

  test('a sign-in that is not good', async () => {
    requestAccessToken = () => Promise.reject(new ProblemError('unauthenticated', '401'));
    await runIt();
    assert.deepEqual(step('token'), ['failed', 'unauthenticated', '401']);
    assert.equal(statuses(), 'gggfgsgs');
    assert.deepEqual(line.opened[0], 'wss://voice-js.roaming.twilio.com/signal');
  });

  test("the page's policy refuses the carrier, the sounds or the script: by name", async () => {
    for (const [directive, url, detail] of [
      ['connect-src', 'wss://voice-js.dublin.twilio.com/signal', 'connect-src wss://voice-js.dublin.twilio.com'],
      ['media-src', 'https://dialer.example/', 'media-src https://dialer.example'],
      ['script-src', 'https://dialer.example', 'script-src https://dialer.example'],
    ] as const) {
      line.refused = [directive, url];
      await runIt();
      assert.deepEqual(step('content-policy'), ['failed', 'content-policy', detail]);
      assert.equal(statuses(), 'ggggfsgs');
    }
  });

  test("the page's policy refuses the service: said of the service, and of the policy", async () => {
    line.refused = ['connect-src', 'https://service.example'];
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await runIt();
    const told = ['failed', 'content-policy', 'connect-src https://service.example'];
    assert.deepEqual(step('service'), told);
    assert.deepEqual(step('content-policy'), told);
  });

  test("the page's policy refuses what only signalling needs: said of both", async () => {
    line.register = () => {
      line.refused = ['connect-src', 'wss://voice-js.ashburn.twilio.com'];
      line.violate('connect-src', 'wss://voice-js.ashburn.twilio.com/signal');
      return new Promise(() => {});
    };
    await runIt();
    const told = ['failed', 'content-policy', 'connect-src wss://voice-js.ashburn.twilio.com'];
    assert.deepEqual(step('signalling'), told);
    assert.deepEqual(step('content-policy'), told);
  });

  test("the page's policy on others, and one that only reports, are nothing to the dialer", async () => {
    await start();
    for (const [blockedURI, disposition] of [
      ['https://ads.example/', 'enforce'],
      ['inline', 'enforce'],
      ['https://eventgw.twilio.com/v4/EndpointEvents', 'enforce'],
      ['https://service.example/', 'report'],
    ]) {
      const event = Object.assign(new Event('securitypolicyviolation'), {
        effectiveDirective: 'connect-src',
        blockedURI,
        disposition,
      });
      line.page.dispatchEvent(event);
    }
    await pass(20_000);
    assert.equal(statuses(), 'gggggggg');
  });

  test('a browser without WebRTC', async () => {
    line.isSupported = false;
    await runIt();
    assert.equal(step('signalling')[1], 'unsupported-browser');
  });

  test('a carrier that is not reached in time', async () => {
    line.register = (device) => {
      device.emit('error', { code: 31005 });
      return new Promise(() => {});
    };
    await runIt();
    assert.deepEqual(step('signalling'), ['failed', 'connection-lost', '31005']);
    assert.equal(statuses(), 'gggggfgs');
  });

  test('a carrier that refuses the access token says so at once', async () => {
    line.register = (device) => {
      device.emit('error', { code: 20101 });
      return new Promise(() => {});
    };
    await start();
    assert.deepEqual(step('signalling'), ['failed', 'access-token-invalid', '20101']);
    await pass(10_000);
  });

  test('a microphone that is refused', async () => {
    line.computer.refusal = ['NotAllowedError'];
    line.computer.permission = 'denied';
    await runIt();
    assert.equal(step('microphone')[1], 'microphone-denied');
    assert.equal(statuses(), 'ggggggfs');
  });

  test('a silent microphone is weak, and so is the echo of it', async () => {
    line.voice = 0;
    line.echo = 0;
    await runIt();
    assert.deepEqual(step('microphone'), ['weak', 'level 0.00']);
    assert.equal(statuses(), 'ggggggww');
    assert.equal(check.getState().verdict, 'weak');
  });

  test('a voice that does not come back is lost on the way', async () => {
    line.echo = 0.05;
    await runIt();
    assert.deepEqual(step('echo').slice(0, 2), ['failed', 'media-lost']);
    assert.equal(check.getState().verdict, 'bad');
  });

  test('what is heard before the recording is played is no echo', async () => {
    line.answer = (call) => {
      call.emit('accept');
      setTimeout(() => call.disconnect(), 3000);
    };
    await runIt();
    assert.deepEqual(step('echo').slice(0, 2), ['failed', 'media-lost']);
  });

  test('a call that the carrier refuses, with its reason', async () => {
    line.answer = (call) => {
      call.disconnect();
      call.emit('error', { code: 31603 });
    };
    await runIt();
    assert.deepEqual(step('echo'), ['failed', 'carrier-refused', '31603']);
  });

  test('a call that ends at once, without a reason', async () => {
    line.answer = (call) => call.disconnect();
    await runIt();
    assert.deepEqual(step('echo').slice(0, 2), ['failed', 'carrier-refused']);
  });

  test('a call that is never answered', async () => {
    line.answer = () => {};
    await runIt();
    assert.deepEqual(step('echo').slice(0, 2), ['failed', 'media-lost']);
  });

  for (const [what, change] of [
    ['slow', { rtt: 301 }],
    ['full of holes', { totals: { packetsLost: 4, packetsReceived: 96 } }],
    ['hardly understood', { mos: 3.69 }],
  ] as const) {
    test(`a line that is ${what} is weak`, async () => {
      line.sample = { ...line.sample, ...change };
      await runIt();
      assert.equal(statuses(), 'gggggggw');
      assert.equal(check.getState().verdict, 'weak');
    });
  }

  for (const seconds of [0, 0.05, 1, 3.5, 5]) {
    test(`closed after ${seconds} seconds, it gives everything back and says nothing more`, async () => {
      line.voice = 0;
      await start();
      await pass(seconds * 1000);
      check.close();
      await settle();
      assert.deepEqual(line.held(), []);
      const before = check.getState();
      await pass(30_000);
      assert.equal(check.getState(), before);
      assert.deepEqual(line.held(), []);
    });
  }
});
