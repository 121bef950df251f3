import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Account } from '../ports.ts';
import { newSid } from '../sid.ts';
import type { CredentialsEnv } from './credentials.ts';
import { formOf } from './form.ts';
import { page, restTime } from './paging.ts';
import { notFound, RestError } from './rest-error.ts';

type ApiKey = { sid: string; secret: string; friendlyName: string };

/** `/Keys`: create, list, fetch, delete. As at Twilio, a Standard key may not look after keys; the auth token may. */
export function keyRoutes(account: Account): Hono<CredentialsEnv> {
  const started = restTime(new Date());
  const created = new Map<string, string>();
  const resource = ({ sid, friendlyName }: ApiKey): object => {
    const time = created.get(sid) ?? started;
    return { sid, friendly_name: friendlyName, date_created: time, date_updated: time };
  };
  const find = (file: string): ApiKey => {
    const key = account.apiKeys.get(file.slice(0, -5));
    if (!key) throw notFound(`/Keys/${file}`);
    return key;
  };

  const routes = new Hono<CredentialsEnv>();
  for (const path of ['/Keys.json', '/Keys/*']) {
    routes.use(path, async function accountOnly(c, next) {
      if (c.get('askedBy') !== 'account') {
        throw new RestError(403, 20003, 'Permission denied: a Standard API key cannot manage keys; use the auth token');
      }
      return next();
    });
  }
  return routes
    .post('/Keys.json', async (c) => {
      const friendlyName = (await formOf(c)).get('FriendlyName') ?? '';
      if (friendlyName.length > 64) throw new RestError(400, 20001, 'FriendlyName must have at most 64 characters');
      const key = { sid: newSid('SK'), secret: randomBytes(16).toString('hex'), friendlyName };
      account.apiKeys.set(key.sid, key);
      created.set(key.sid, restTime(new Date()));
      return c.json({ ...resource(key), secret: key.secret }, 201);
    })
    .get('/Keys.json', (c) => c.json(page(c, 'keys', [...account.apiKeys.values()].toReversed(), resource)))
    .get('/Keys/:file{SK[0-9a-f]+\\.json}', (c) => c.json(resource(find(c.req.param('file')))))
    .delete('/Keys/:file{SK[0-9a-f]+\\.json}', (c) => {
      account.apiKeys.delete(find(c.req.param('file')).sid);
      return c.body(null, 204);
    });
}
