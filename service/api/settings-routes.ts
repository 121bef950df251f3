import { Hono } from 'hono';
import { callerIdsFor } from '../calls/caller-id.ts';
import type { AccountNumbers } from '../calls/dial-gate.ts';
import type { CallLog } from '../calls/ports.ts';
import type { CallerId, Disposition, SettingsAnswer } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

export interface SettingsRoutesOptions {
  log: CallLog;
  numbers: AccountNumbers;
  defaultCountry: string;
  callerIds: readonly string[];
  /** What the operator calls them, by number. */
  callerIdLabels: ReadonlyMap<string, CallerId['label']>;
  dispositions: readonly Disposition[];
  authMode: string;
}

/** `GET /settings`: what pages need to know of this service before they show anything of it. */
export function settingsRoutes(options: SettingsRoutesOptions) {
  const { log, numbers, defaultCountry, callerIds, callerIdLabels, dispositions, authMode } = options;
  return new Hono<AppEnv>().get('/settings', async (c) => {
    const { id, name, role, callerIds: allowed } = c.get('agent');
    const shown = callerIdsFor(callerIds, (await numbers.known())?.callerIds, allowed);
    c.header('Cache-Control', 'no-store');
    return c.json({
      defaultCountry,
      callerIds: shown.map((number) => ({ number, label: callerIdLabels.get(number) ?? null })),
      dispositions: [...dispositions],
      role,
      agent: { id, name },
      agents: role === 'agent' ? [] : await log.agents(),
      ...(authMode === 'dev' && { dev: true as const }),
    } satisfies SettingsAnswer);
  });
}
