import type { ErrorCode } from '../service/contract.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { WrapUp } from './core/dialer.ts';
import { ProblemError } from './core/problem-error.ts';
import { AnswerError } from './service-access.ts';
import { createWrapUpOutbox, type WrapUpOutbox, type WrapUpOutboxOptions } from './wrap-up-outbox.ts';

class FakeStorage {
  readonly items = new Map<string, string>();
  full = false;
  getItem = (key: string) => this.items.get(key) ?? null;
  removeItem = (key: string) => void this.items.delete(key);
  setItem = (key: string, value: string) => {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  };
}

const away = () => new ProblemError('service-unreachable', 'away');
const answered = (status: number, code: ErrorCode) => () =>
  new AnswerError('/api/calls/c1', status, { code, message: 'no' });
const refusal = answered(400, 'disposition-unknown');
const written = (note: string, disposition: string | null = null): WrapUp => ({ note, disposition });

let storage: FakeStorage;
let sent: [string, string][];
/** What the service answers with; undefined takes it. */
let trouble: ((callId: string) => Error | undefined) | undefined;
/** Who is signed in; empty when that cannot be known. */
let agent: string;
const open: WrapUpOutbox[] = [];

function outbox(options: Partial<WrapUpOutboxOptions> = {}): WrapUpOutbox {
  const made = createWrapUpOutbox({
    key: 'https://service.example',
    agentId: () => (agent ? Promise.resolve(agent) : Promise.reject(new ProblemError('unauthenticated', 'no token'))),
    storage,
    page: new EventTarget(),
    noteOf: () => Promise.reject(new Error('nobody asks for it here')),
    send: async (callId, wrapUp) => {
      await turn();
      const refused = trouble?.(callId);
      if (refused) throw refused;
      sent.push([callId, wrapUp.note ?? '']);
    },
    ...options,
  });
  open.push(made);
  return made;
}

async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await turn();
}

beforeEach(() => {
  storage = new FakeStorage();
  sent = [];
  trouble = undefined;
  agent = 'mona';
});

afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

test('saves while the service is there, and leaves nothing behind', async () => {
  const box = outbox();
  assert.equal(await box.save('c1', written('asked for the price')), 'saved');
  assert.deepEqual(sent, [['c1', 'asked for the price']]);
  assert.equal(box.pending(), 0);
  assert.equal(storage.items.size, 0);
});

test('keeps while the service is away; the newest of a call wins; sent at once when the network is back', async () => {
  const page = new EventTarget();
  const told: (string | undefined)[] = [];
  const box = outbox({ page });
  await settle();
  const stop = box.watch(() => told.push(box.waiting('c1')?.note));
  trouble = away;
  assert.equal(await box.save('c1', written('first')), 'kept');
  assert.equal(await box.save('c1', written('second')), 'kept');
  assert.equal(await box.save('c2', written('other call')), 'kept');
  assert.equal(box.pending(), 2);
  trouble = undefined;
  page.dispatchEvent(new Event('online'));
  await settle();
  assert.deepEqual(sent, [
    ['c1', 'second'],
    ['c2', 'other call'],
  ]);
  assert.deepEqual(told, ['first', 'second', 'second', undefined, undefined]);
  // In another tab of this browser.
  page.dispatchEvent(Object.assign(new Event('storage'), { key: 'almasar-wrap-up:https://service.example' }));
  page.dispatchEvent(Object.assign(new Event('storage'), { key: 'another' }));
  assert.equal(told.length, 6);
  stop();
  await box.save('c3', written('x'));
  assert.equal(told.length, 6);
});

test('a call-back that is kept is sent when the service is back, though its time has passed meanwhile', async () => {
  const page = new EventTarget();
  const patches: [string, WrapUp][] = [];
  const send = async (callId: string, wrapUp: WrapUp) => {
    await turn();
    if (trouble) throw trouble(callId);
    patches.push([callId, wrapUp]);
  };
  const callBackAt = new Date(Date.now() + 20).toISOString();
  trouble = away;
  assert.equal(await outbox({ page, send }).save('c1', { ...written('promised'), callBackAt }), 'kept');
  // The page was left, and the computer was off until after the time.
  open.pop()!.close();
  while (new Date().toISOString() <= callBackAt) await turn();
  trouble = undefined;
  const box = outbox({ page, send });
  await settle();
  assert.deepEqual(patches, [['c1', { note: 'promised', disposition: null, callBackAt }]]);
  assert.deepEqual([box.pending(), storage.items.size], [0, 0]);
});

test('what one tab wrote of a call and another leaves as it was is kept: a call-back stays beside a newer note', async () => {
  const patches: WrapUp[] = [];
  const send = async (_: string, wrapUp: WrapUp) => {
    if (trouble) throw trouble('c1');
    patches.push(wrapUp);
  };
  trouble = away;
  const [one, other] = [outbox({ send }), outbox({ send })];
  await one.save('c1', { callBackAt: '2026-12-01T09:00:00.000Z', note: 'old' });
  await other.save('c1', { note: 'new' });
  assert.deepEqual(one.waiting('c1'), { callBackAt: '2026-12-01T09:00:00.000Z', note: 'new' });
  assert.equal(one.waiting('c2'), undefined);
  trouble = refusal;
  await other.flush();
  assert.equal(one.waiting('c1'), undefined);
  trouble = undefined;
  // What was refused is not sent with what is written after it.
  await one.save('c1', { disposition: 'sold' });
  assert.deepEqual(patches, [{ disposition: 'sold' }]);
});

test('a tab that is looked at again sends; a closed outbox does not', async () => {
  const page = new EventTarget();
  const box = outbox({ page });
  trouble = away;
  await box.save('c1', written('kept'));
  trouble = undefined;
  box.close();
  page.dispatchEvent(new Event('visibilitychange'));
  await settle();
  assert.deepEqual(sent, []);
  outbox({ page });
  page.dispatchEvent(new Event('visibilitychange'));
  await settle();
  assert.deepEqual(sent, [['c1', 'kept']]);
});

test('signed out is no refusal: it waits', async () => {
  trouble = () => new ProblemError('unauthenticated', 'answered 401');
  assert.equal(await outbox().save('c1', written('text')), 'kept');
  trouble = () => new TypeError('a fault of ours');
  assert.equal(await outbox().save('c2', written('text')), 'kept');
});

test('a refusal is not tried again, and the caller has the text', async () => {
  trouble = refusal;
  const box = outbox();
  assert.equal(await box.save('c1', written('text', 'no-such-label')), 'refused');
  assert.equal(box.pending(), 0);
  assert.equal(box.refused('c1'), undefined);
});

test('what the service will never take is refused; what it only cannot take now waits', async () => {
  const saved = async (error: () => Error) => {
    trouble = error;
    return outbox().save('c1', written('text'));
  };
  for (const code of ['invalid-request', 'disposition-unknown', 'call-back-time-refused'] as const) {
    assert.equal(await saved(answered(400, code)), 'refused');
  }
  assert.equal(await saved(answered(503, 'service-busy')), 'kept');
  assert.equal(await saved(answered(429, 'too-many-requests')), 'kept');
  assert.equal(await saved(answered(500, 'internal')), 'kept');
});

test('one that the service cannot take now is not in the way of the others; a busy service is left alone', async () => {
  trouble = away;
  const box = outbox();
  for (const callId of ['c1', 'c2', 'c3']) await box.save(callId, written(callId));
  const tried: string[] = [];
  trouble = (callId) => {
    tried.push(callId);
    return answered(503, 'service-busy')();
  };
  await box.flush();
  assert.deepEqual(tried, ['c1']);
  trouble = (callId) => (callId === 'c1' ? answered(404, 'not-found')() : undefined);
  await box.flush();
  assert.deepEqual(sent, [
    ['c2', 'c2'],
    ['c3', 'c3'],
  ]);
  assert.equal(box.pending(), 1);
  trouble = undefined;
  await box.flush();
  assert.deepEqual(sent.at(-1), ['c1', 'c1']);
});

test('what was kept before stays when what was written after it is refused with it', async () => {
  const box = outbox();
  trouble = away;
  await box.save('c1', written('promised'));
  trouble = refusal;
  const told: (string | undefined)[] = [];
  box.watch((refusedCallId) => told.push(refusedCallId));
  assert.equal(await box.save('c1', { disposition: 'no-such-label' }), 'refused');
  assert.deepEqual([box.pending(), box.refused('c1')], [0, written('promised')]);
  assert.deepEqual(told, [undefined, 'c1']);
});

test('what was kept and refused later is given back until it has been seen', async () => {
  const box = outbox();
  trouble = away;
  await box.save('c1', written('promised'));
  trouble = refusal;
  await box.flush();
  assert.equal(box.pending(), 0);
  assert.deepEqual([box.refused('c1'), box.refused('c2')], [written('promised'), undefined]);
  trouble = undefined;
  await box.flush();
  assert.deepEqual(sent, []);
  box.forget('c1');
  assert.equal(box.refused('c1'), undefined);
  assert.equal(storage.items.size, 0);
});

test('what could not be written is not told: whoever forgets what was refused would be handed it again for ever', async () => {
  trouble = away;
  const box = outbox();
  for (const callId of ['c1', 'c2']) await box.save(callId, written(callId));
  trouble = refusal;
  await box.flush();
  let told = 0;
  box.watch(() => (told += 1));
  storage.full = true;
  box.forget('c1');
  assert.equal(told, 0);
  storage.full = false;
  box.forget('c1');
  assert.deepEqual([told, box.refused('c1'), box.refused('c2')], [1, undefined, written('c2')]);
});

test('a full storage still sends; with the service away too it says that nothing is kept', async () => {
  storage.full = true;
  const box = outbox();
  assert.equal(await box.save('c1', written('text')), 'saved');
  trouble = away;
  assert.equal(await box.save('c2', written('text')), 'refused');
  assert.equal(box.pending(), 0);
});

test('a storage that throws at everything, or holds nonsense, breaks nothing', async () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const box = outbox({ storage: { getItem: blocked, setItem: blocked, removeItem: blocked } });
  assert.equal(await box.save('c1', written('text')), 'saved');
  assert.equal(box.pending(), 0);
  storage.items.set('almasar-wrap-up:https://service.example', '{"not": "a list"');
  assert.equal(await outbox().save('c2', written('text')), 'saved');
});

test('a newer text written while the older one is being sent goes out after it', async () => {
  const box = outbox();
  const results = await Promise.all([box.save('c1', written('old')), box.save('c1', written('new'))]);
  await settle();
  assert.deepEqual(results, ['kept', 'saved']);
  assert.deepEqual(sent.at(-1), ['c1', 'new']);
  assert.equal(box.pending(), 0);
});

test('ten tabs send once', async () => {
  trouble = away;
  const tabs = Array.from({ length: 10 }, () => outbox({ locks: navigator.locks }));
  await tabs[0]!.save('c1', written('text'));
  await tabs[1]!.save('c2', written('text'));
  trouble = undefined;
  await Promise.all(tabs.map((tab) => tab.flush()));
  assert.deepEqual(
    sent.map(([callId]) => callId),
    ['c1', 'c2'],
  );
});

test('tries again by itself, ever later', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(Math, 'random', () => 0);
  try {
    let tries = 0;
    const send = () => {
      tries++;
      return Promise.reject(away());
    };
    const box = outbox({
      send,
      locks: { request: (_name: string, ...rest: unknown[]) => (rest.at(-1) as () => unknown)() } as LockManager,
    });
    await box.save('c1', written('text'));
    assert.equal(tries, 1);
    for (const [ms, expected] of [
      [4999, 1],
      [1, 2],
      [9999, 2],
      [1, 3],
      [20_000, 4],
    ] as const) {
      mock.timers.tick(ms);
      await settle();
      assert.equal(tries, expected);
    }
  } finally {
    mock.timers.reset();
    mock.restoreAll();
  }
});

test('one agent does not send what another one wrote', async () => {
  trouble = away;
  const box = outbox();
  await box.save('c1', written('of Mona'));
  // The shift changes, at the same page.
  agent = 'omar';
  await box.save('c1', { disposition: 'of Omar' });
  assert.deepEqual([box.waiting('c1'), box.pending()], [{ disposition: 'of Omar' }, 1]);
  await box.save('c2', written('of Omar'));
  trouble = undefined;
  await box.flush();
  assert.deepEqual(sent, [
    ['c1', ''],
    ['c2', 'of Omar'],
  ]);
  assert.equal(box.waiting('c1'), undefined);
  agent = 'mona';
  await outbox().flush();
  assert.deepEqual(sent.at(-1), ['c1', 'of Mona']);
  assert.equal(storage.items.size, 0);
});

test('nobody sees or forgets what was refused of another agent', async () => {
  trouble = away;
  const box = outbox();
  await box.save('c1', written('of Mona'));
  trouble = refusal;
  await box.flush();
  agent = 'omar';
  const other = outbox();
  await settle();
  other.forget('c1');
  assert.deepEqual([other.refused('c1'), box.refused('c1')], [undefined, written('of Mona')]);
});

test('while nobody knows who is signed in, nothing is sent; what was kept without a name is anybody’s', async () => {
  const entry = { callId: 'c1', wrapUp: written('from before'), version: '1' };
  storage.items.set('almasar-wrap-up:https://service.example', JSON.stringify([entry]));
  agent = '';
  const box = outbox();
  assert.equal(await box.save('c2', written('whose?')), 'kept');
  await box.flush();
  assert.deepEqual([sent, box.pending()], [[], 2]);
  agent = 'mona';
  await box.flush();
  assert.deepEqual(sent, [
    ['c1', 'from before'],
    ['c2', 'whose?'],
  ]);
});
