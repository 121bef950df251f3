import type { ErrorAnswer, TokenAnswer } from '../../service/contract.ts';
import { labCall, statusForms } from '../service-lab/call-facts.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { carrierRequest, crmToken } from '../service-lab/http-request.ts';
import { load } from '../service-lab/load.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

function claimsOf(token: string): { iat: number; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { iat: number; exp: number };
}

/** Check 12. */
export const clock = {
  title: 'Clocks that differ',
  async work(soak: Soak) {
    const service = await runService(labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'warn' }));
    soak.atEnd(() => service.kill());
    const ask = (seconds: number) =>
      fetch(`${service.url}/api/calls/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${crmToken({ sub: 'agent', clockOff: seconds })}` },
      });
    for (const seconds of [-600, -610, 600, 90]) {
      const answer = await ask(seconds);
      const { reason, message } = (await answer.json()) as ErrorAnswer & { reason?: string };
      soak.check(
        `the CRM's clock ${seconds} s off`,
        `${answer.status} ${reason ?? message}`,
        answer.status === 401 && reason === 'clock',
      );
    }
    const lives = new Set<number>();
    for (const seconds of [-50, -30, 0, 30, 50]) {
      const answer = await ask(seconds);
      if (answer.ok) {
        const { iat, exp } = claimsOf(((await answer.json()) as TokenAnswer).accessToken);
        lives.add(exp - iat);
      }
      soak.check(`the CRM's clock ${seconds} s off`, answer.status, answer.status === 200);
    }
    soak.check(
      'life of the access tokens, in seconds',
      [...lives].join(', '),
      lives.size === 1 && [...lives][0]! <= 3600,
    );
    for (const minutes of [-10, 10]) {
      const [form] = statusForms(labCall(minutes + 100));
      const Timestamp = new Date(Date.now() + minutes * 60_000).toUTCString().replace('GMT', '+0000');
      const request = carrierRequest({ ...form!, fields: { ...form!.fields, Timestamp } });
      const { statuses } = await load(service.port, [request]);
      soak.check(`a webhook dated ${minutes} min off`, statuses[0]!, statuses[0] === 204);
    }
  },
};
