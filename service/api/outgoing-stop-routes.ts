import { Hono } from 'hono';
import { outgoingStopRequest, type OutgoingStop } from '../admin-contract.ts';
import type { OutgoingStopSwitch } from '../calls/dial-gate.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { adminsOnly } from './admins-only.ts';
import { auditBy } from './audit-by.ts';
import { endCalls, type EndCallsOptions } from './end-calls.ts';
import { jsonBody } from './json-body.ts';

export interface OutgoingStopRoutesOptions extends EndCallsOptions {
  outgoingStop: OutgoingStopSwitch;
}

function notStopped(): ServiceError {
  return new ServiceError('not-found', 'Outgoing calls are not stopped.');
}

/** `/outgoing-stop`: whether anybody may place calls. For admins. */
export function outgoingStopRoutes({ outgoingStop, ...ending }: OutgoingStopRoutesOptions) {
  const { clock } = ending;
  return new Hono<AppEnv>()
    .use('/outgoing-stop', adminsOnly)
    .get('/outgoing-stop', async (c) => {
      const stopped = await outgoingStop.find();
      if (!stopped) throw notStopped();
      return c.json(stopped);
    })
    .put('/outgoing-stop', async (c) => {
      const { reason } = await jsonBody(c, outgoingStopRequest);
      const { id, name } = c.get('agent');
      const stopped: OutgoingStop = { reason, stoppedBy: { id, name }, stoppedAt: clock().toISOString() };
      const note = { ...auditBy(c, clock), action: 'outgoing-stopped', subject: '', after: { reason } } as const;
      await outgoingStop.stop(stopped, note);
      c.get('logger').warn('outgoing calls are stopped: the audit of this request says by whom, and why');
      if (c.req.query('endCalls') !== 'true') return c.json(stopped);
      const endedCalls = await endCalls(await outgoingStop.openCalls(), ending);
      return c.json({ ...stopped, endedCalls } satisfies OutgoingStop);
    })
    .delete('/outgoing-stop', async (c) => {
      const note = { ...auditBy(c, clock), action: 'outgoing-allowed', subject: '' } as const;
      if (!(await outgoingStop.allow(note))) throw notStopped();
      c.get('logger').warn('outgoing calls are allowed again');
      return c.body(null, 204);
    });
}
