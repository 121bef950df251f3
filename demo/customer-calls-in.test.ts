import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import type { CallPage, CallRecord, TokenAnswer } from '../service/contract.ts';
import { browserOffer, SdkSocket } from './sandbox/signalling/sdk-socket.ts';
import { startDemo, type Demo } from './start-demo.ts';

/** The whole of it but the browser: page server, service and sandbox, and a phone that speaks as the SDK does. */
const directory = mkdtempSync(join(tmpdir(), 'almasar-calls-in-'));
const CUSTOMER = '+201001234500';
let demo: Demo;
before(async () => {
  demo = await startDemo({ PORT: '0', DATABASE_URL: `sqlite:${join(directory, 'demo.db')}` });
});
after(async () => {
  await demo.close();
  rmSync(directory, { recursive: true });
});

async function ask(agent: string, path: string, method = 'GET', body?: unknown): Promise<Response> {
  const answer = await fetch(`${demo.url}/call-center/auth-token?agent=${agent}`, { method: 'POST' });
  const { token } = (await answer.json()) as { token: string };
  return fetch(`${demo.url}/api/calls${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The newest call in the agent's log, once it is as wanted. */
async function newestCall(agent: string, is: (call: CallRecord) => boolean): Promise<CallRecord> {
  for (;;) {
    const { calls } = (await (await ask(agent, '')).json()) as CallPage;
    if (calls[0] && is(calls[0])) return calls[0];
    // An agent reads 600 times a minute at most.
    await delay(200);
  }
}

async function openPhone(agent: string): Promise<{ socket: SdkSocket; holder: string }> {
  const { accessToken } = (await (await ask(agent, '/token', 'POST')).json()) as TokenAnswer;
  const socket = await SdkSocket.open(demo.sandbox!.signalUrl);
  socket.send('listen', { token: accessToken, reconnectTimeout: 0, browserinfo: {} });
  await socket.next('connected');
  socket.send('register', { media: { audio: true } });
  await socket.next('ready');
  const holder = randomUUID();
  await ask(agent, '/phone', 'PUT', { holder, place: 'page', available: true, state: null });
  return { socket, holder };
}

async function answerCall(socket: SdkSocket, invite: Record<string, unknown>): Promise<RTCPeerConnection> {
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 })],
    },
    iceServers: [],
    iceUseIpv6: false,
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' });
  await connection.setRemoteDescription({ type: 'offer', sdp: String(invite['sdp']) });
  await connection.setLocalDescription(await connection.createAnswer());
  socket.send('answer', { callsid: invite['callsid'], sdp: connection.localDescription!.sdp });
  return connection;
}

const callIn = (body: unknown, agent = 'mona') =>
  fetch(`${demo.url}/call-center/incoming-call?agent=${agent}`, { method: 'POST', body: JSON.stringify(body) });

test('a customer calls in: two phones ring, one is answered, the service ends the call', async () => {
  const [mona, karim] = [await openPhone('mona'), await openPhone('karim')];
  assert.equal((await callIn({ from: CUSTOMER })).status, 201);
  const [invite, other] = [await mona.socket.next('invite'), await karim.socket.next('invite')];
  const { From, Params } = invite['parameters'] as Record<string, string>;
  assert.equal(From, CUSTOMER);
  const callId = new URLSearchParams(Params).get('CallId');
  const ringing = await newestCall('karim', (call) => call.ringingAt !== null);
  assert.deepEqual([ringing.callId, ringing.direction, ringing.status], [callId, 'incoming', 'ringing']);

  const connection = await answerCall(mona.socket, invite);
  assert.equal((await karim.socket.next('cancel'))['callsid'], other['callsid']);
  const open = await newestCall('mona', (call) => call.status === 'open');
  assert.deepEqual([open.callId, open.agent.id], [callId, 'mona']);
  assert.equal((await ask('karim', `/${callId}`)).status, 404);
  assert.equal((await ask('karim', `/${callId}/hangup`, 'POST')).status, 404);
  assert.equal((await ask('mona', `/${callId}/hangup`, 'POST')).status, 202);
  await mona.socket.next('hangup');
  const ended = await newestCall('mona', (call) => call.status === 'ended');
  assert.deepEqual([ended.outcome, ended.customer.number, ended.agent.id], ['answered', CUSTOMER, 'mona']);
  await newestCall('mona', (call) => call.recordings[0]?.status === 'completed');
  await connection.close();
  for (const { socket } of [mona, karim]) socket.cut();
  await ask('mona', `/phone?holder=${mona.holder}`, 'DELETE');
  await ask('karim', `/phone?holder=${karim.holder}`, 'DELETE');
});

test('nobody is there: the customer leaves a message, which stands in every agent’s log', async () => {
  assert.equal((await callIn({ from: '+201001234501', farEnd: '00' }, 'karim')).status, 201);
  const is = ({ customer, outcome, recordings }: CallRecord) =>
    customer.number === '+201001234501' && outcome !== null && recordings.length > 0;
  for (const agent of ['mona', 'karim']) {
    const call = await newestCall(agent, is);
    assert.deepEqual([call.outcome, call.agent.id], ['voicemail', '']);
  }
});

test('the line check: an agent is recorded and hears it, the recording is deleted, the log knows nothing', async () => {
  const before = ((await (await ask('mona', '')).json()) as CallPage).calls.length;
  const { socket, holder } = await openPhone('mona');
  const offer = await browserOffer();
  socket.send('invite', { callsid: 'TJScheck', sdp: offer.sdp, twilio: { params: 'Check=echo' } });
  const answer = await socket.next('answer');
  const callSid = String(answer['callsid']);
  const { accountSid, apiKey, apiSecret } = demo.plan.config;
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}` };
  const recordings = `${demo.sandbox!.url}/2010-04-01/Accounts/${accountSid}/Recordings.json?CallSid=${callSid}`;
  const kept = async () =>
    ((await (await fetch(recordings, { headers })).json()) as { recordings: unknown[] }).recordings.length;
  while ((await kept()) !== 1) await delay(100);
  await socket.next('hangup');
  while ((await kept()) !== 0) await delay(100);
  const { calls } = (await (await ask('mona', '')).json()) as CallPage;
  assert.equal(calls.length, before);
  await offer.close();
  socket.cut();
  await ask('mona', `/phone?holder=${holder}`, 'DELETE');
});

test('a call that cannot come in is refused in words', async () => {
  assert.equal((await callIn({ from: '0100' })).status, 422);
  assert.equal((await callIn({ from: CUSTOMER, farEnd: 'xx' })).status, 422);
  assert.equal((await callIn({})).status, 400);
  assert.equal((await callIn({ from: CUSTOMER }, 'nobody')).status, 404);
});
