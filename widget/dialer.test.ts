import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { CallRecord } from '../service/contract.ts';
import { type DialerState, type Phase, type Problem } from './core/state.ts';
import type { ServiceDialer } from './dialer.ts';
import type { NumberRules } from './phone/number-rules.ts';
import { dialerAt } from './testing/dialer-at.ts';
import { memoryStorage } from './testing/memory-storage.ts';
import type { ScriptedPhone } from './testing/scripted-phone.ts';
import { StubService } from './testing/stub-service.ts';

const LOST: Problem = { code: 'connection-lost', carrierCode: 53001 };

const EGYPT: NumberRules = (number) =>
  number === '122' ? { problem: 'number-emergency' } : { to: number.replace(/^0/, '+20') };

describe('dialer', () => {
  let service: StubService;
  let phone: ScriptedPhone;
  let dialer: ServiceDialer;
  let seen: Phase[];
  let page: EventTarget;
  let storage: Storage;

  function make({ loadNumberRules = async () => EGYPT, receiveCalls = false } = {}): ServiceDialer {
    const made = dialerAt(service.url, { loadNumberRules, receiveCalls, page, storage });
    ({ phone } = made);
    seen = [];
    made.dialer.subscribe(({ phase }) => seen.push(phase));
    return made.dialer;
  }

  function until(holds: (state: DialerState) => boolean): Promise<DialerState> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(dialer.getState())) return;
        unsubscribe();
        resolve(dialer.getState());
      };
      const unsubscribe = dialer.subscribe(look);
      look();
    });
  }

  const inPhase = (phase: Phase) => until((state) => state.phase === phase);
  const callId = () => dialer.getState().call!.callId;
  const record = (status: CallRecord['status'], outcome: CallRecord['outcome'] = null) => ({
    callId: callId(),
    status,
    outcome,
    recordings: [],
  });

  /** As far as the accepted intent, the phone's attempt and the open event stream. */
  async function dialed(dialString = '010 0123 4501', record?: false): Promise<void> {
    dialer.dial(dialString, { name: 'منى السيد', record, callerId: '+20224610001' });
    await Promise.all([
      until(({ call }) => call?.number === '+201001234501'),
      service.until(() => service.streams.size === 1),
    ]);
    assert.equal(phone.did('connect'), 1);
  }

  beforeEach(async () => {
    service = await new StubService().start();
    service.answer('POST /api/calls', ({ body }, response) => {
      const { callId, to } = body as { callId: string; to: string };
      response.writeHead(201).end(JSON.stringify({ callId, to, callerId: '+20223456789', line: null, expiresAt: '' }));
    });
    page = new EventTarget();
    storage = memoryStorage();
    dialer = make();
  });

  afterEach(async () => {
    dialer.close();
    await service.stop();
  });

  test('a whole call that is not recorded: the intent, what the carrier reports, the outcome', async () => {
    await dialed(undefined, false);
    assert.deepEqual(service.heard.find(({ route }) => route === 'POST /api/calls')?.body, {
      callId: callId(),
      to: '+201001234501',
      country: 'EG',
      customerName: 'منى السيد',
      record: false,
      callerId: '+20224610001',
    });
    assert.equal(dialer.getState().call?.record, false, 'for calling again');
    service.sendCall(record('ringing'));
    await inPhase('ringing');
    service.sendCall({ ...record('open'), callId: 'another' });
    service.sendCall(record('open'));
    await inPhase('open');
    dialer.mute(true);
    assert.equal(dialer.getState().call?.muted, true);
    dialer.sendDigits('١2#');
    dialer.hangUp();
    assert.equal(dialer.getState().phase, 'ending');
    service.sendCall(record('ended', 'answered'));
    const { outcome, problem, call } = await inPhase('ended');
    assert.deepEqual([outcome, problem], ['answered', null]);
    assert.ok(call?.ringingAt && call.openedAt && call.endedAt);
    assert.deepEqual(
      seen.filter((phase, index) => phase !== seen[index - 1]),
      ['dialing', 'ringing', 'open', 'ending', 'ended'],
    );
    assert.deepEqual(
      phone.asked.filter(([name]) => name === 'mute' || name === 'sendDigits'),
      [
        ['mute', true],
        ['sendDigits', '12#'],
      ],
    );
    assert.ok(phone.did('confirmReached') > 0);
    await service.until(() => service.streams.size === 0);
  });

  test("the phone's own signs move the call too, when the stream says nothing", async () => {
    await dialed();
    phone.report({ type: 'call-rang', callId: callId(), at: 1 });
    assert.equal(dialer.getState().phase, 'ringing');
    phone.report({ type: 'call-opened', callId: callId(), at: 2 });
    assert.equal(dialer.getState().phase, 'open');
  });

  test('a double click and a held Enter make one call', async () => {
    for (let click = 0; click < 5; click += 1) dialer.dial('01001234501');
    await dialed();
    assert.deepEqual(service.routes().filter((route) => route === 'POST /api/calls').length, 1);
  });

  test('the intent and the phone set out together: neither waits for the other', async () => {
    service.answer('POST /api/calls', () => {});
    dialer.dial('01001234501');
    await service.until(() => service.routes().includes('POST /api/calls'));
    assert.equal(phone.did('connect'), 1);
  });

  for (const [dialString, code] of [
    ['122', 'number-emergency'],
    ['not a number', 'number-invalid'],
    ['', 'number-invalid'],
  ] as const) {
    test(`${JSON.stringify(dialString)} is refused as ${code}, without a request or a microphone`, async () => {
      dialer.dial(dialString);
      const { problem, call } = await inPhase('ended');
      assert.deepEqual(problem, { code, carrierCode: null });
      assert.equal(call?.number, dialString);
      assert.equal(phone.did('connect'), 0);
      assert.ok(!service.routes().includes('POST /api/calls'));
    });
  }

  test('without rules the service decides', async () => {
    dialer = make({ loadNumberRules: () => Promise.reject(new Error('not there')) });
    dialer.dial('122');
    await service.until(() => service.routes().includes('POST /api/calls'));
  });

  test('what the service refuses ends the attempt with the reason, and the phone stops', async () => {
    service.on('POST /api/calls', 422, { code: 'country-refused', message: 'no', requestId: 'r' });
    dialer.dial('01001234501');
    const { problem, outcome } = await inPhase('ended');
    assert.deepEqual([problem?.code, outcome], ['country-refused', null]);
    assert.equal(phone.did('disconnect'), 1);
  });

  test('a service that cannot be reached ends the attempt with the reason', async () => {
    await service.stop();
    dialer.dial('01001234501');
    const { problem } = await inPhase('ended');
    assert.equal(problem?.code, 'service-unreachable');
    service = await new StubService().start();
  });

  test('what the phone refuses ends the attempt with the reason', async () => {
    await dialed();
    const problem = { code: 'microphone-denied', carrierCode: null } as const;
    phone.report({ type: 'call-failed', callId: callId(), at: 1, problem });
    assert.deepEqual([dialer.getState().phase, dialer.getState().problem], ['ended', problem]);
  });

  test('hung up before anything was sent: nothing is', async () => {
    dialer.dial('01001234501');
    dialer.hangUp();
    const { outcome } = await inPhase('ended');
    assert.equal(outcome, 'canceled');
    await service.until(() => service.streams.size === 0);
    assert.equal(phone.did('connect'), 0);
    assert.ok(!service.routes().includes('POST /api/calls'));
  });

  test('the outcome is asked for when the stream does not say it', async () => {
    await dialed();
    phone.report({ type: 'call-rang', callId: callId(), at: 1 });
    service.on(`GET /api/calls/${callId()}`, 200, record('ended', 'busy'));
    phone.end(callId());
    assert.equal((await inPhase('ended')).outcome, 'busy');
  });

  test('the outcome is asked for again while the service does not have it', async () => {
    await dialed();
    phone.report({ type: 'call-rang', callId: callId(), at: 1 });
    let asked = 0;
    service.answer(`GET /api/calls/${callId()}`, (_request, response) => {
      asked += 1;
      response.end(JSON.stringify(asked === 1 ? record('ringing') : record('ended', 'no-answer')));
    });
    phone.end(callId());
    assert.equal((await inPhase('ended')).outcome, 'no-answer');
    assert.equal(asked, 2);
  });

  test('without any word of the service, what the phone knows is shown', async () => {
    await dialed();
    phone.report({ type: 'call-opened', callId: callId(), at: 1 });
    phone.end(callId(), { outcome: null, problem: LOST });
    const { outcome, problem } = await inPhase('ended');
    assert.deepEqual([outcome, problem], ['answered', LOST]);
  });

  test('what went wrong is kept when the stream says the outcome', async () => {
    await dialed();
    phone.report({ type: 'call-opened', callId: callId(), at: 1 });
    service.answer(`GET /api/calls/${callId()}`, () => {});
    phone.end(callId(), { outcome: null, problem: LOST });
    service.sendCall(record('ended', 'answered'));
    const { outcome, problem } = await inPhase('ended');
    assert.deepEqual([outcome, problem], ['answered', LOST]);
  });

  test('a stream that was lost during the call catches up when it is back', async () => {
    await dialed();
    service.on(`GET /api/calls/${callId()}`, 200, record('open'));
    for (const stream of service.streams) stream.destroy();
    await inPhase('open');
  });

  test('what the service says of a refusal after the end is shown, then it is no longer listened to', async () => {
    await dialed();
    service.sendCall(record('ended', 'busy'));
    await until(({ outcome }) => outcome === 'busy');
    service.sendCall(record('ended', 'declined'));
    await until(({ outcome }) => outcome === 'declined');
    await service.until(() => service.streams.size === 0);
  });

  test('an extension is sent once, when the call is open', async () => {
    dialer.dial('tel:+201001234501;ext=12');
    await service.until(() => phone.did('connect') === 1);
    assert.equal(phone.did('sendDigits'), 0);
    phone.report({ type: 'call-opened', callId: callId(), at: 1 });
    phone.report({ type: 'connection-lost', callId: callId() });
    phone.report({ type: 'connection-restored', callId: callId() });
    assert.deepEqual(
      phone.asked.filter(([name]) => name === 'sendDigits'),
      [['sendDigits', '12']],
    );
  });

  test('the tones after a number are of that call: the customer who calls next does not hear them', async () => {
    dialer.dial('+201001234501,,4711#');
    const problem: Problem = { code: 'carrier-refused', carrierCode: 31002 };
    phone.report({ type: 'call-failed', callId: callId(), at: 1, problem });
    dialer.dismiss();
    phone.report({ type: 'call-arrived', callId: 'next', number: '+201001234502', name: null, line: null, at: 2 });
    dialer.answer();
    phone.report({ type: 'call-opened', callId: 'next', at: 3 });
    assert.deepEqual([dialer.getState().phase, phone.did('sendDigits')], ['open', 0]);
  });

  test('redialling after the end makes another call, dismissing makes it idle', async () => {
    await dialed();
    const first = callId();
    phone.report({ type: 'call-failed', callId: first, at: 1, problem: LOST });
    dialer.dial('01001234501');
    assert.notEqual(callId(), first);
    dialer.hangUp();
    await inPhase('ended');
    dialer.dismiss();
    assert.equal(dialer.getState().phase, 'idle');
  });

  describe('customers call', () => {
    const ARRIVES = {
      type: 'call-arrived',
      callId: 'in',
      number: '+201001234501',
      name: null,
      line: null,
      at: 1,
    } as const;

    beforeEach(async () => {
      dialer.close();
      dialer = make({ receiveCalls: true });
      await service.until(() => service.streams.size === 1);
    });

    test('it receives at once, and listens between calls', () => {
      assert.deepEqual(phone.asked[0], ['receive', true]);
      assert.equal(dialer.getState().reach, 'ready');
    });

    test('away is a state of its own, and back again', () => {
      dialer.setAvailable(false);
      assert.equal(dialer.getState().reach, 'away');
      dialer.setAvailable(true);
      assert.equal(dialer.getState().reach, 'ready');
    });

    test('a call that another agent takes stops ringing here; this agent’s own does not', async () => {
      phone.report(ARRIVES);
      assert.equal(dialer.getState().phase, 'incoming');
      service.sendCall({ ...record('open'), agent: { id: 'karim' } });
      await inPhase('idle');
      phone.report({ ...ARRIVES, callId: 'in2' });
      dialer.answer();
      assert.equal(phone.did('accept'), 1);
      service.sendCall({ ...record('open'), agent: { id: 'mona' }, recordings: [] });
      phone.report({ type: 'call-opened', callId: 'in2', at: 2 });
      await inPhase('open');
    });

    test('a call that was given up is missed; a message that was left afterwards is told', async () => {
      phone.report(ARRIVES);
      phone.end('in', { outcome: 'missed', problem: null });
      assert.equal(dialer.getState().outcome, 'missed');
      service.sendCall({ ...record('ended', 'voicemail'), agent: { id: 'mona' } });
      await until(({ outcome }) => outcome === 'voicemail');
    });

    test('declining and silencing are passed on', () => {
      phone.report(ARRIVES);
      phone.report({ type: 'ring-changed', ring: 'on' });
      dialer.silence();
      dialer.decline();
      assert.deepEqual([phone.did('silence'), phone.did('reject')], [1, 1]);
      assert.equal(dialer.getState().phase, 'idle');
    });
  });

  describe('the page is left', () => {
    const left = () => page.dispatchEvent(new Event('pagehide'));
    const told = (what: string) => service.until(() => service.routes().some((route) => route.endsWith(`/${what}`)));

    test('an open call is kept for the next page, which takes it up and says so', async () => {
      await dialed();
      phone.report({ type: 'call-opened', callId: callId(), at: 2 });
      const id = callId();
      left();
      assert.deepEqual(phone.asked.at(-1), ['close', true]);
      await told('away');
      dialer.close();
      dialer = make();
      assert.deepEqual(phone.asked.at(-1), ['resume', 'connect-token']);
      assert.deepEqual([dialer.getState().phase, callId()], ['reconnecting', id]);
      phone.report({ type: 'connection-restored', callId: id });
      assert.equal(dialer.getState().phase, 'open');
      await told('back');
    });

    test('a call that cannot be taken up again is ended for the customer too', async () => {
      await dialed();
      phone.report({ type: 'call-opened', callId: callId(), at: 2 });
      left();
      dialer.close();
      dialer = make();
      phone.end(callId(), { outcome: null, problem: LOST });
      await told('hangup');
    });

    test('a call that is not answered yet is ended', async () => {
      await dialed();
      left();
      assert.deepEqual(phone.asked.at(-1), ['close', false]);
      await told('hangup');
    });

    test('without a call nothing is done', () => {
      assert.equal((left(), phone.did('close')), 0);
    });
  });
});
