import { Hono } from 'hono';
import * as z from 'zod';
import type { Clock, Phones } from '../calls/ports.ts';
import { phoneCommand, phoneReport } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { jsonBody } from './json-body.ts';
import type { PhoneSessions } from './phone-session.ts';

const STATE_LIMIT = 16 * 1024;

export interface PhoneRoutesOptions {
  phones: Phones;
  sessions: PhoneSessions;
  clock: Clock;
}

/** `/phone…`: presence of an agent's phone, its remotes, and its session. Each agent reaches the own phone only. */
export function phoneRoutes({ phones, sessions, clock }: PhoneRoutesOptions) {
  return new Hono<AppEnv>()
    .put('/phone', async (c) => {
      const report = await jsonBody(c, phoneReport);
      if (Buffer.byteLength(JSON.stringify(report.state)) > STATE_LIMIT) {
        throw new ServiceError('payload-too-large', 'state is larger than 16 KiB.');
      }
      await phones.report(c.get('agent'), report, clock());
      return c.body(null, 204);
    })
    .delete('/phone', async (c) => {
      const holder = z.uuid().safeParse(c.req.query('holder'));
      if (!holder.success) throw new ServiceError('invalid-request', 'holder must be the UUID that the phone reports.');
      await phones.remove(c.get('agent').id, holder.data);
      return c.body(null, 204);
    })
    .post('/phone/commands', async (c) => {
      const command = await jsonBody(c, phoneCommand);
      const agent = c.get('agent');
      const phone = await phones.windowOf(agent.id, clock());
      if (phone?.holder !== command.holder) {
        throw new ServiceError('phone-gone', 'This phone window is not open any more.');
      }
      await phones.command(agent.id, command, clock());
      return c.body(null, 202);
    })
    .post('/phone/session', async (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(await sessions.issue(c.get('agent'), c.get('crmWordAt')));
    });
}
