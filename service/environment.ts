import type { Context } from 'hono';
import type { Agent } from './calls/ports.ts';
import type { Logger } from './logger.ts';

/** What middleware leaves for the handlers behind it. */
export interface AppEnv {
  Variables: {
    requestId: string;
    logger: Logger;
    /** Set behind the agents' authentication. */
    agent: Agent;
    /** Set with `agent`: when its token stops being accepted. */
    acceptedUntil: Date;
    /** Set with `agent`: when the CRM last said who this is. */
    crmWordAt: Date;
    /** Set behind the carrier's signature check: parameters, each with its last value. */
    webhook: ReadonlyMap<string, string>;
  };
}

export type AppContext = Context<AppEnv>;
