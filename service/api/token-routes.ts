import { Hono } from 'hono';
import type { TokenAnswer } from '../contract.ts';
import { setHeader } from '../answer-header.ts';
import type { AppEnv } from '../environment.ts';
import type { Agent } from '../calls/ports.ts';

export type MintAccessToken = (agent: Agent) => Promise<TokenAnswer>;

export function tokenRoutes(mint: MintAccessToken) {
  return new Hono<AppEnv>().post('/token', async (c) => {
    setHeader(c, 'Cache-Control', 'no-store');
    return c.json(await mint(c.get('agent')));
  });
}
