import { createHmac } from 'node:crypto';
import type { TokenAnswer } from '../../service/contract.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { crmToken } from '../service-lab/http-request.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import { inFlight } from './in-flight.ts';
import type { Soak } from './soak-step.ts';

/** Names that an encoding might confuse. */
const LIKE_EACH_OTHER = [
  'a.b',
  'a_b',
  'a_2eb',
  'a-b',
  'a b',
  'A.b',
  'أحمد',
  'احمد',
  'mona@example.com',
  'mona_40example',
];

/** Names of users, no two alike. */
function subOf(index: number): string {
  const likeness = LIKE_EACH_OTHER[index % LIKE_EACH_OTHER.length]!;
  const round = Math.floor(index / LIKE_EACH_OTHER.length);
  return round === 0 ? likeness : `${likeness}${'._-é'[round % 4]}${round.toString(36)}`;
}

const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

/** What is wrong with it; empty when nothing is. */
function faultOf({ accessToken, identity }: TokenAnswer): string {
  const [head = '', body = '', signature] = accessToken.split('.');
  const header = decoded(head);
  const { jti, iss, sub, iat, exp, grants, ...more } = decoded(body);
  const voice = { incoming: { allow: true }, outgoing: { application_sid: ACCOUNT.applicationSid } };
  const expected = createHmac('sha256', ACCOUNT.apiSecret).update(`${head}.${body}`).digest('base64url');
  const holds: [string, boolean][] = [
    ['signature', signature === expected],
    ['header', JSON.stringify(header) === '{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}'],
    ['iss', iss === ACCOUNT.apiKey],
    ['sub', sub === ACCOUNT.accountSid],
    ['jti', typeof jti === 'string' && jti.startsWith(`${ACCOUNT.apiKey}-`)],
    ['life', Number(exp) - Number(iat) > 0 && Number(exp) - Number(iat) <= 3600],
    ['identity', /^[A-Za-z0-9_]{1,121}$/.test(identity)],
    ['grants', JSON.stringify(grants) === JSON.stringify({ identity, voice })],
    ['nothing else', Object.keys(more).length === 0],
  ];
  return holds.flatMap(([name, good]) => (good ? [] : [name])).join(', ');
}

/** Check 19. */
export const mintedTokens = {
  title: 'Access tokens as they are minted',
  async work(soak: Soak) {
    const service = await runService(labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'error' }));
    soak.atEnd(() => service.kill());
    const count = soak.short ? 10_000 : 100_000;
    const identities = new Map<string, string>();
    const faults = new Map<string, string>();
    let collisions = 0;
    await inFlight(count, 32, async (index) => {
      const sub = subOf(index);
      const headers = { authorization: `Bearer ${crmToken({ sub })}` };
      const answer = await fetch(`${service.url}/api/calls/token`, { method: 'POST', headers });
      if (!answer.ok) return void faults.set(`${answer.status}`, sub);
      const token = (await answer.json()) as TokenAnswer;
      const fault = faultOf(token);
      if (fault) faults.set(fault, sub);
      if (identities.has(token.identity)) collisions += 1;
      identities.set(token.identity, sub);
    });
    for (const [fault, sub] of faults) soak.say(`at fault for ${sub}`, fault);
    soak.check(`tokens in order, of ${count}`, identities.size + collisions, faults.size === 0);
    soak.check('identities of two users', collisions, collisions === 0 && identities.size === count);
  },
};
