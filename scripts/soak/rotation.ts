import { signature } from '../../demo/sandbox/webhooks/signature.ts';
import { labCall, statusForms } from '../service-lab/call-facts.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { requestBytes, type Form } from '../service-lab/http-request.ts';
import { load, tally } from '../service-lab/load.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const NEW_TOKEN = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

function signedWith(token: string, { path, fields }: Form): Buffer {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'X-Twilio-Signature': signature(token, ACCOUNT.publicUrl + path, fields),
  };
  return requestBytes('POST', path, headers, new URLSearchParams(fields).toString());
}

/** Check 28. */
export const rotation = {
  title: 'The auth token is changed for another',
  async work(soak: Soak) {
    const database = freshSqlite();
    const phases: [when: string, tokens: string, old: number, fresh: number][] = [
      ['before', ACCOUNT.authToken, 204, 403],
      ['both are set', `${NEW_TOKEN},${ACCOUNT.authToken}`, 204, 204],
      ['the old one is taken out', NEW_TOKEN, 403, 204],
    ];
    for (const [when, tokens, old, fresh] of phases) {
      const service = await runService(
        labSettings({ DATABASE_URL: database, LOG_LEVEL: 'error', TWILIO_AUTH_TOKEN: tokens }),
      );
      const forms = Array.from({ length: 100 }, (_, index) => labCall(index)).flatMap(statusForms);
      for (const [name, token, wanted] of [
        ['old', ACCOUNT.authToken, old],
        ['new', NEW_TOKEN, fresh],
      ] as const) {
        const { statuses } = await load(
          service.port,
          forms.map((form) => signedWith(token, form)),
        );
        soak.check(
          `${when}: webhooks signed by the ${name} one (${wanted})`,
          tally(statuses),
          statuses.every((status) => status === wanted),
        );
      }
      await service.stop();
    }
  },
};
