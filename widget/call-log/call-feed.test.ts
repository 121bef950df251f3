import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { StubService } from '../testing/stub-service.ts';
import { CallFeed } from './call-feed.ts';
import { NO_FILTERS } from './call-filters.ts';
import { createCallLogClient } from './call-log-client.ts';
import { callRecord, idsOf } from './testing/call-record.ts';

const FIRST = 'GET /api/calls?limit=50';
const SETTINGS = { defaultCountry: 'EG', callerIds: [], dispositions: [], role: 'supervisor', agents: [] };
const refusal = { code: 'internal', message: '', requestId: '' };

describe('call feed', () => {
  let service: StubService;
  let feed: CallFeed;
  const changes = new EventEmitter();
  const until = async (holds: () => boolean) => {
    while (!holds()) await once(changes, 'change', { signal: AbortSignal.timeout(5000) });
  };
  const shows = (ids: string) =>
    until(() => feed.shown.phase === 'ready' && !feed.shown.busy && idsOf(feed.shown.calls) === ids);

  beforeEach(async () => {
    service = await new StubService().start();
    service.on('GET /api/calls/settings', 200, SETTINGS);
    service.on(FIRST, 200, { calls: [callRecord(2), callRecord(3)], nextCursor: 'c1' });
    const client = createCallLogClient({ service: service.url, getAuthToken: async () => 'x.e30.' });
    feed = new CallFeed(client, () => changes.emit('change'));
  });

  afterEach(async () => {
    feed.stop();
    await service.stop();
  });

  test('reads after the stream is open, and loses nothing that arrives meanwhile', async () => {
    service.answer(FIRST, (_request, response) => {
      service.sendCall(callRecord(2, { status: 'open' }));
      const page = JSON.stringify({ calls: [callRecord(2), callRecord(3)], nextCursor: null });
      setTimeout(() => response.writeHead(200).end(page), 100);
    });
    feed.start();
    await shows('2 3');
    assert.equal(feed.shown.calls[0]?.status, 'open');
    assert.equal(service.routes()[0], 'GET /api/calls/events');
    await until(() => feed.settings.role === 'supervisor');
  });

  test('shows each change in its place, and keeps out what the filters do', async () => {
    feed.start();
    await shows('2 3');
    service.sendCall(callRecord(1));
    await shows('1 2 3');
    service.on('GET /api/calls?outcome=missed&limit=50', 200, {
      calls: [callRecord(3, { outcome: 'missed' })],
      nextCursor: null,
    });
    feed.filter({ ...NO_FILTERS, outcome: 'missed' });
    assert.equal(feed.shown.busy, true);
    assert.equal(idsOf(feed.shown.calls), '1 2 3');
    await shows('3');
    service.sendCall(callRecord(0));
    service.sendCall(callRecord(1, { outcome: 'missed' }));
    await shows('1 3');
    service.sendCall(callRecord(3));
    await shows('1');
  });

  test('a supervisor sees every agent’s calls come, change and leave as the filters say', async () => {
    feed.start();
    await shows('2 3');
    await until(() => feed.settings.role === 'supervisor');
    const karim = { id: 'karim', name: 'كريم عادل' };
    const rings = { direction: 'incoming', status: 'ringing', outcome: null } as const;
    service.sendCall(callRecord(1, { ...rings, agent: karim }));
    await shows('1 2 3');
    service.on('GET /api/calls?agent=karim&limit=50', 200, {
      calls: [callRecord(1, { ...rings, agent: karim })],
      nextCursor: null,
    });
    feed.filter({ ...NO_FILTERS, agent: 'karim' });
    await shows('1');
    service.sendCall(callRecord(0, { agent: karim }));
    await shows('0 1');
    // Rang on Karim's phone first, and Mona took it.
    service.sendCall(callRecord(1, { ...rings, status: 'open' }));
    await shows('0');
  });

  test('with one agent’s calls, one that the telephone takes in that agent’s place stays', async () => {
    const rings = callRecord(1, { direction: 'incoming', status: 'ringing', outcome: null });
    service.on('GET /api/calls?agent=karim&limit=50', 200, { calls: [rings], nextCursor: null });
    feed.start();
    await shows('2 3');
    feed.filter({ ...NO_FILTERS, agent: 'karim' });
    await shows('1');
    service.sendCall({ ...rings, status: 'open', agent: { id: '', name: null } });
    await until(() => feed.shown.calls[0]?.status !== 'ringing');
    assert.equal(feed.shown.calls[0]?.status, 'open');
    service.sendCall({ ...rings, status: 'open' });
    await shows('');
  });

  test('a call that rang on several phones and that nobody took stays in the log of each, whoever was rung first', async () => {
    const karim = { id: 'karim', name: null };
    const missed = callRecord(1, { direction: 'incoming', outcome: 'missed', agent: { id: 'mona', name: null } });
    service.on('GET /api/calls?agent=karim&limit=50', 200, { calls: [missed], nextCursor: null });
    feed.start();
    await shows('2 3');
    feed.filter({ ...NO_FILTERS, agent: 'karim' });
    await shows('1');
    service.sendCall({ ...missed, note: 'نكلمه' });
    await until(() => feed.shown.calls[0]?.note === 'نكلمه');
    // Of one that is not shown, nobody knows here whose phones rang.
    service.sendCall({ ...missed, callId: callRecord(2).callId });
    service.sendCall(callRecord(0, { agent: karim }));
    await shows('0 1');
  });

  test('an agent’s log gives up a call that a colleague took, and never shows one that was taken before', async () => {
    service.on('GET /api/calls/settings', 200, { ...SETTINGS, role: 'agent', agent: { id: 'mona', name: null } });
    feed.start();
    await shows('2 3');
    await until(() => feed.settings.agent !== undefined);
    const karim = { id: 'karim', name: 'كريم عادل' };
    const rings = { direction: 'incoming', status: 'ringing', outcome: null } as const;
    service.sendCall(callRecord(1, { ...rings, agent: karim }));
    await shows('1 2 3');
    service.sendCall(callRecord(1, { ...rings, status: 'open', agent: karim }));
    await shows('2 3');
    service.sendCall(callRecord(1, { direction: 'incoming', outcome: 'answered', agent: karim }));
    service.sendCall(callRecord(0, { direction: 'incoming', outcome: 'missed', agent: karim }));
    await shows('0 2 3');
  });

  test('goes on to older pages once at a time, to the end, and again after a failure', async () => {
    feed.start();
    await shows('2 3');
    service.on('GET /api/calls?limit=50&cursor=c1', 500, refusal);
    await feed.loadOlder();
    assert.equal(feed.shown.older, 'failed');
    service.on('GET /api/calls?limit=50&cursor=c1', 200, { calls: [callRecord(4)], nextCursor: null });
    await Promise.all([feed.loadOlder(), feed.loadOlder()]);
    await feed.loadOlder();
    assert.equal(idsOf(feed.shown.calls), '2 3 4');
    assert.equal(service.routes().filter((route) => route.endsWith('c1')).length, 2);
  });

  test('a call older than all that was read waits for its page', async () => {
    feed.start();
    await shows('2 3');
    service.sendCall(callRecord(90));
    service.sendCall(callRecord(1));
    await shows('1 2 3');
  });

  test('comes back from a broken stream, says so, and reads what it missed', async () => {
    feed.start();
    await shows('2 3');
    assert.equal(feed.shown.live, true);
    service.on(FIRST, 200, { calls: [callRecord(1), callRecord(2)], nextCursor: 'c1' });
    for (const stream of service.streams) stream.destroy();
    await until(() => !feed.shown.live);
    assert.equal(feed.shown.phase, 'ready');
    await shows('1 2 3');
    assert.equal(feed.shown.live, true);
  });

  const reads = () => service.routes().filter((route) => route === FIRST).length;
  const breakStream = async () => {
    for (const stream of service.streams) stream.destroy();
    await until(() => !feed.shown.live);
  };

  test('takes what it missed from the stream when that goes on where it broke', async () => {
    feed.stop();
    const token = ['{}', JSON.stringify({ sub: 'ola' }), ''].map((part) => btoa(part)).join('.');
    const client = createCallLogClient({ service: service.url, getAuthToken: async () => token });
    feed = new CallFeed(client, () => changes.emit('change'));
    feed.start();
    await shows('2 3');
    service.sendCall(callRecord(2, { status: 'open' }), 5);
    await until(() => feed.shown.calls[0]?.status === 'open');
    await breakStream();
    await until(() => feed.shown.live);
    service.sendCall(callRecord(1), 6);
    await shows('1 2 3');
    assert.equal(service.heard.findLast(({ route }) => route.endsWith('events'))?.lastEventId, '5');
    assert.equal(reads(), 1);

    service.on(FIRST, 500, refusal);
    service.send('event: missed\ndata: null\n\n');
    await service.until(() => reads() === 2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    service.on(FIRST, 200, { calls: [callRecord(0), callRecord(1)], nextCursor: 'c1' });
    await breakStream();
    await shows('0 1 2 3');
    assert.equal(reads(), 3);
  });

  test('fails in words when nothing could be read, and is there when it can', async () => {
    service.answer('GET /api/calls/events', (_request, response) => response.writeHead(503).end());
    service.on(FIRST, 503, refusal);
    feed.start();
    await until(() => feed.shown.phase === 'failed');
    service.on(FIRST, 200, { calls: [callRecord(2)], nextCursor: null });
    feed.retry();
    assert.equal(feed.shown.phase, 'loading');
    await shows('2');
  });

  test('an answer that comes too late for its filters is not shown', async () => {
    feed.start();
    await shows('2 3');
    let late = () => {};
    service.answer('GET /api/calls?search=1&limit=50', (_request, response) => {
      late = () => response.writeHead(200).end(JSON.stringify({ calls: [callRecord(9)], nextCursor: null }));
    });
    service.on('GET /api/calls?search=12&limit=50', 200, { calls: [callRecord(8)], nextCursor: null });
    feed.filter({ ...NO_FILTERS, search: '1' });
    await service.until(() => service.routes().includes('GET /api/calls?search=1&limit=50'));
    feed.filter({ ...NO_FILTERS, search: '12' });
    await shows('8');
    late();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(idsOf(feed.shown.calls), '8');
  });

  test('a link to a recording is on the address by which the page knows the service', async () => {
    const path = `/api/calls/${callRecord(1).callId}/recordings/RE1`;
    const url = `https://tunnel.example${path}/media?sig=1`;
    service.on(`GET ${path}`, 200, { url, expiresAt: '' });
    assert.equal(await feed.recordingUrl(callRecord(1).callId, 'RE1'), `${service.url}${path}/media?sig=1`);
    assert.equal(
      await feed.recordingUrl(callRecord(1).callId, 'RE1', true),
      `${service.url}${path}/media?sig=1&download=`,
    );
  });
});
