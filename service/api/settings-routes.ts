import { Hono } from 'hono';
import type { CallLog } from '../calls/ports.ts';
import type { Disposition, SettingsAnswer } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

export interface SettingsRoutesOptions {
  log: CallLog;
  defaultCountry: string;
  callerIds: readonly string[];
  dispositions: readonly Disposition[];
  authMode: string;
}

/** `GET /settings`: what pages need to know of this service before they show anything of it. */
export function settingsRoutes({ log, defaultCountry, callerIds, dispositions, authMode }: SettingsRoutesOptions) {
  return new Hono<AppEnv>().get('/settings', async (c) => {
    const { id, name, role } = c.get('agent');
    c.header('Cache-Control', 'no-store');
    return c.json({
      defaultCountry,
      callerIds: [...callerIds],
      dispositions: [...dispositions],
      role,
      agent: { id, name },
      agents: role === 'agent' ? [] : await log.agents(),
      ...(authMode === 'dev' && { dev: true as const }),
    } satisfies SettingsAnswer);
  });
}
