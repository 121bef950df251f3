import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { CarrierNews } from './carrier-news.ts';
import { createServiceClient } from './service-client.ts';
import { ServiceFeed } from './service-feed.ts';
import { StubService } from './testing/stub-service.ts';
import { stateIn } from './testing/state-in.ts';

/** As a CRM makes them: ten minutes. */
const LIFE_SECONDS = 600;

function jwt(id: number): string {
  const claims = { sub: 'mona', iat: 1_000_000, exp: 1_000_000 + LIFE_SECONDS, id };
  return ['{}', JSON.stringify(claims), ''].map((part) => btoa(part)).join('.');
}

test('in a call that is longer than a token lives, a page that is left has one to say so with', async () => {
  const service = await new StubService().start();
  let asked = 0;
  let leaving = false;
  const client = createServiceClient({
    service: service.url,
    // What a page that is being left asks its CRM for, it does not hear any more.
    getAuthToken: () => (leaving ? new Promise(() => {}) : Promise.resolve(jwt((asked += 1)))),
  });
  const feed = new ServiceFeed(client);
  let alive = () => {};
  const stop = feed.listen({ onLife: () => alive() });
  const news = new CarrierNews({
    client,
    feed,
    getState: () => stateIn('open'),
    tell: () => {},
    onHeard: () => {},
    always: false,
  });
  news.heed(stateIn('open'));
  await service.until(() => service.streams.size === 1);
  const { now } = Date;
  let later = 0;
  mock.method(Date, 'now', () => now() + later);
  try {
    // The service gives a sign of life every 15 s.
    for (later = 0; later <= 2 * LIFE_SECONDS * 1000; later += 15_000) {
      const heard = new Promise<void>((resolve) => (alive = resolve));
      service.send(': life\n\n');
      await heard;
    }
    const route = 'POST /api/calls/a-call/hangup';
    service.on(route, 200, {});
    leaving = true;
    void client.tellOfCall('a-call', 'hangup');
    await service.until(() => service.routes().includes(route));
    assert.ok(asked >= 3, 'a token each ten minutes');
  } finally {
    mock.restoreAll();
    stop();
    news.close();
    await service.stop();
  }
});
