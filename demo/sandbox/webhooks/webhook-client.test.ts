import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebhookServer } from '../testing/webhook-server.ts';
import { connectionOverrides } from './connection-overrides.ts';
import { WebhookClient, WebhookFailure } from './webhook-client.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

describe('webhooks', () => {
  const client = new WebhookClient(TOKEN);
  let web: WebhookServer;
  before(async () => {
    web = await WebhookServer.start(TOKEN);
  });
  after(async () => {
    assert.deepEqual(web.badlySigned, []);
    await web.close();
  });

  const fails = (code: number, message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof WebhookFailure);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };

  it('posts a signed form with the headers of Twilio', async () => {
    const url = web.answer('/post', '<Hangup/>');
    const answer = await client.send({ url: `${url}?a=1#rc=0`, method: 'POST', fields: { To: '+20 ٠١&=', From: '' } });
    assert.equal(answer.body, '<Response><Hangup/></Response>');
    const [webhook] = web.at('/post');
    assert.deepEqual(webhook?.fields, { a: '1', To: '+20 ٠١&=', From: '' });
    assert.equal(webhook?.headers['user-agent'], 'TwilioProxy/1.1');
    assert.match(String(webhook?.headers['i-twilio-idempotency-token']), /^[0-9a-f-]{36}$/);
  });

  it('puts the fields of a GET into the signed address', async () => {
    await client.send({ url: `${web.url}/get?a=1`, method: 'GET', fields: { Digits: '1#' } });
    assert.deepEqual(web.at('/get')[0]?.fields, { a: '1', Digits: '1#' });
  });

  it('does not try an error again, unless it is asked to; the token of the retries is one', async () => {
    web.answer('/500', { status: 500 });
    await assert.rejects(
      client.send({ url: `${web.url}/500`, method: 'POST', fields: {} }),
      fails(11200, /answered 500/),
    );
    assert.equal(web.at('/500').length, 1);
    const url = `${web.url}/500#rc=2&rp=5xx`;
    await assert.rejects(client.send({ url, method: 'POST', fields: {} }), fails(11200, /answered 500/));
    const retried = web.at('/500').slice(1);
    assert.equal(retried.length, 3);
    assert.equal(new Set(retried.map(({ headers }) => headers['i-twilio-idempotency-token'])).size, 1);
  });

  it('gives up on a server that is silent for too long', async () => {
    const silent = Promise.withResolvers<string>();
    web.answer('/slow', () => silent.promise);
    const url = `${web.url}/slow#rt=1000&rc=1&rp=rt`;
    await assert.rejects(client.send({ url, method: 'POST', fields: {} }), fails(11205, /silence of 1000 ms/));
    assert.equal(web.at('/slow').length, 2);
    silent.resolve('');
  });

  it('says when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    server.close();
    const url = `http://127.0.0.1:${address.port}/`;
    await assert.rejects(client.send({ url, method: 'POST', fields: {} }), fails(11205, /could not be reached/));
  });

  it('follows redirects, with GET but for 307', async () => {
    web.answer('/302', { status: 302, headers: { Location: '/landed' } });
    web.answer('/307', { status: 307, headers: { Location: `${web.url}/landed` } });
    await client.send({ url: `${web.url}/302`, method: 'POST', fields: { a: '1' } });
    await client.send({ url: `${web.url}/307`, method: 'POST', fields: { a: '1' } });
    assert.deepEqual(
      web.at('/landed').map(({ method }) => method),
      ['GET', 'POST'],
    );
  });

  it('keeps credentials back until they are asked for', async () => {
    web.answer('/guarded', ({ headers }) => (headers.authorization ? '' : { status: 401 }));
    await client.send({ url: web.url.replace('//', '//me:p%40ss@') + '/guarded', method: 'POST', fields: {} });
    const [first, second] = web.at('/guarded');
    assert.equal(first?.headers.authorization, undefined);
    assert.equal(second?.headers.authorization, `Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });
});

describe('connection overrides', () => {
  it('are those of Twilio unless given', () => {
    const { retryOn, ...rest } = connectionOverrides('https://a.test/');
    assert.deepEqual(rest, { connectMs: 5000, readMs: 15_000, totalMs: 15_000, retries: 1 });
    assert.deepEqual([...retryOn], ['ct']);
  });

  it('are read from the fragment, and ignored out of range', () => {
    const { retryOn, ...rest } = connectionOverrides('https://a.test/#ct=2000&rt=4000&rc=9&rp=ct,rt,5xx');
    assert.deepEqual(rest, { connectMs: 2000, readMs: 4000, totalMs: 15_000, retries: 1 });
    assert.deepEqual([...retryOn].toSorted(), ['5xx', 'ct', 'rt']);
    assert.equal(connectionOverrides('https://a.test/#rp=all').retryOn.size, 4);
  });
});
