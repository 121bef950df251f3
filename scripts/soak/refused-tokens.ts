import type { ErrorAnswer } from '../../service/contract.ts';
import { startKeyServer } from '../../service/testing/key-server.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';
import { BEHIND_PROXY, fromElsewhere } from './strangers.ts';

/** Asks one service for an access token. */
async function ask(url: string, bearer: string, origin?: string): Promise<Response> {
  const headers = {
    ...fromElsewhere(),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
    ...(origin && { origin }),
  };
  return fetch(`${url}/api/calls/token`, { method: 'POST', headers });
}

/** Check 18. */
export const refusedTokens = {
  title: 'Tokens of a CRM that are to be refused',
  async work(soak: Soak) {
    // Made now: they are dated.
    const { BAD_TOKENS, GOOD_TOKENS, ISSUER, PUBLISHED_KEYS, SECRETS } =
      await import('../../service/testing/crm-tokens.ts');
    const keyServer = await startKeyServer(PUBLISHED_KEYS);
    soak.atEnd(() => keyServer.close());
    const common = { ...BEHIND_PROXY, LOG_LEVEL: 'error', CORS_ORIGINS: ISSUER };
    const settings = {
      jwt: { ...common, CRM_JWT_SECRET: SECRETS.join(',') },
      jwks: { ...common, AUTH_MODE: 'jwks', CRM_JWKS_URL: keyServer.url, CRM_JWT_ISSUER: ISSUER },
    };
    for (const mode of ['jwt', 'jwks'] as const) {
      const service = await runService(labSettings({ ...settings[mode], DATABASE_URL: freshSqlite() }));
      soak.atEnd(() => service.kill());
      const wrong: string[] = [];
      for (const [name, reason, token] of BAD_TOKENS[mode]) {
        const answer = await ask(service.url, await token());
        const said = (await answer.json()) as ErrorAnswer;
        if (answer.status !== 401 || said.reason !== reason) wrong.push(`${name}: ${answer.status} ${said.reason}`);
      }
      const count = BAD_TOKENS[mode].length;
      soak.check(`${mode}: refused with 401 and the reason, of ${count}`, count - wrong.length, wrong.length === 0);
      for (const each of wrong) soak.say('not as it should be', each);

      const taken = await Promise.all(GOOD_TOKENS[mode].map((token) => ask(service.url, token)));
      soak.check(
        `${mode}: good ones taken, of ${taken.length}`,
        taken.filter(({ status }) => status === 200).length,
        taken.every(({ status }) => status === 200),
      );
      const bare = await ask(service.url, '', ISSUER);
      soak.check(`${mode}: no token, from a page of the CRM’s origin`, bare.status, bare.status === 401);
    }
  },
};
