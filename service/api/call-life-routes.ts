import { Hono } from 'hono';
import type { CallControl, CallLog, Clock, Deadlines } from '../calls/ports.ts';
import { AWAY_SECONDS } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { ownCall, visibleCall } from './visible-call.ts';

export interface CallLifeRoutesOptions {
  log: CallLog;
  control: CallControl;
  deadlines: Deadlines;
  clock: Clock;
}

function over(): ServiceError {
  return new ServiceError('call-over', 'This call is over.');
}

/**
 * `POST /:callId/hangup`, `/away` and `/back`: the end of a call when the page that has it cannot end it itself. What
 * happened is told by the carrier's events, as ever.
 */
export function callLifeRoutes({ log, control, deadlines, clock }: CallLifeRoutesOptions) {
  return new Hono<AppEnv>()
    .post('/:callId/hangup', async (c) => {
      const record = await ownCall(log, c.get('agent'), c.req.param('callId'));
      if (record.status === 'ended') throw over();
      const callSid = await log.legOf(record.callId);
      const verdict = await control.end(callSid!).catch((error: unknown) => {
        throw new ServiceError('carrier-unreachable', 'The carrier could not be asked to end it: try again.', error);
      });
      if (verdict === 'over') throw over();
      return c.body(null, 202);
    })
    .post('/:callId/away', async (c) => {
      // Not only an own call: one that was answered a moment ago may not be known as such yet. Looked at again later.
      const agent = c.get('agent');
      const record = await visibleCall(log, agent, c.req.param('callId'));
      if (record.status === 'ended') throw over();
      const due = { key: `${record.callId} ${agent.identity}`, detail: agent.id, attempts: 0 };
      await deadlines.set('end-call', due, new Date(clock().getTime() + AWAY_SECONDS * 1000));
      return c.body(null, 204);
    })
    .post('/:callId/back', async (c) => {
      const agent = c.get('agent');
      const record = await visibleCall(log, agent, c.req.param('callId'));
      await deadlines.drop('end-call', `${record.callId} ${agent.identity}`);
      return c.body(null, 204);
    });
}
