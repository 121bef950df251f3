import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { BlockList } from '../calls/dial-gate.ts';
import { identityOf } from '../calls/identity.ts';
import { blockRequest, type BlockedAgent, type BlockedAgents } from '../admin-contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { adminsOnly } from './admins-only.ts';
import { auditBy } from './audit-by.ts';
import { endCalls, type EndCallsOptions } from './end-calls.ts';
import { jsonBody } from './json-body.ts';

export interface BlockedAgentsRoutesOptions extends EndCallsOptions {
  blockList: BlockList;
}

/** Lets nobody through who may not call. */
export function unblockedOnly(blockList: BlockList) {
  return createMiddleware<AppEnv>(async function unblockedOnly(c, next) {
    if (await blockList.find(c.get('agent').id)) {
      throw new ServiceError('agent-blocked', 'This agent may not place calls.');
    }
    await next();
  });
}

function identityOfAgent(agentId: string): string {
  try {
    return identityOf(agentId);
  } catch {
    throw new ServiceError('invalid-request', 'agentId is not the name of an agent.');
  }
}

/** The list of agents who may not call, whatever tokens they hold. */
export function blockedAgentsRoutes({ blockList, ...ending }: BlockedAgentsRoutesOptions) {
  const { clock } = ending;
  return new Hono<AppEnv>()
    .use('/blocked-agents/*', adminsOnly)
    .get('/blocked-agents', async (c) => c.json({ agents: await blockList.list() } satisfies BlockedAgents))
    .get('/blocked-agents/:agentId', async (c) => {
      const blocked = await blockList.find(c.req.param('agentId'));
      if (!blocked) throw new ServiceError('not-found', 'This agent is not blocked.');
      return c.json(blocked);
    })
    .put('/blocked-agents/:agentId', async (c) => {
      const agentId = c.req.param('agentId');
      const identity = identityOfAgent(agentId);
      const { reason } = await jsonBody(c, blockRequest);
      const { id, name } = c.get('agent');
      const blocked: BlockedAgent = { agentId, reason, blockedBy: { id, name }, blockedAt: clock().toISOString() };
      const note = { ...auditBy(c, clock), action: 'agent-blocked', subject: agentId, after: { reason } } as const;
      await blockList.block(blocked, identity, note);
      c.get('logger').warn('agent blocked: the audit of this request says whom, and why');
      if (c.req.query('endCalls') !== 'true') return c.json(blocked);
      const endedCalls = await endCalls(await blockList.openCalls(agentId), ending);
      return c.json({ ...blocked, endedCalls } satisfies BlockedAgent);
    })
    .delete('/blocked-agents/:agentId', async (c) => {
      const agentId = c.req.param('agentId');
      const note = { ...auditBy(c, clock), action: 'agent-unblocked', subject: agentId } as const;
      if (!(await blockList.unblock(agentId, note))) throw new ServiceError('not-found', 'This agent is not blocked.');
      c.get('logger').warn('agent allowed to call again: the audit of this request says whom');
      return c.body(null, 204);
    });
}
