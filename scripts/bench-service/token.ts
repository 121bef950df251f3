import { agentRequest, crmToken, requestBytes } from '../service-lab/http-request.ts';
import { runProgram, runService, temporaryDirectory } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import { floorArms, printLadder } from './ladder.ts';
import { compare } from './report.ts';
import { sideBySide } from './side-by-side.ts';

/** Enough agents that none meets the limit of 30 tokens a minute; each comes with a JWT of its own. */
const AGENTS = 12_000;
const REQUESTS = 24_000;

const RUNGS = {
  'node:http answers 204': 'http',
  "the CRM's JWT is checked": 'http jwt',
  'an access token is minted': 'http jwt token',
  'Hono, without middleware': 'hono jwt token',
};

/** Budget 7: a token, with authentication, CORS, rate limit and log, against the quickstart with none of them. */
export async function benchToken(rounds: number): Promise<void> {
  const baseline = await runProgram('scripts/bench-service/baselines/express-token.mjs', labSettings(), {
    core: 'server',
  });
  const settings = labSettings({
    DATABASE_URL: `sqlite:${temporaryDirectory()}/calls.db`,
    CORS_ORIGINS: 'https://crm.example.com',
  });
  const ours = await runService(settings, { core: 'server' });
  const plain = Array.from({ length: REQUESTS }, () => requestBytes('GET', '/token', {}));
  const agents = Array.from({ length: AGENTS }, (_, index) => crmToken({ sub: `agent${index}` }));
  let next = 0;
  const asked = () => {
    const requests: Buffer[] = [];
    while (requests.length < REQUESTS) {
      requests.push(agentRequest(agents[next++ % AGENTS]!, 'POST', '/api/calls/token'));
    }
    return requests;
  };
  const floors = await floorArms(RUNGS, settings, asked);
  try {
    const [theirs, figures, ...below] = await sideBySide(
      [
        { name: 'Express + twilio, quickstart shape', program: baseline, requests: () => plain, expect: '"token"' },
        { name: 'POST /api/calls/token', program: ours, requests: asked, expect: '"accessToken"' },
        ...floors,
      ],
      rounds,
    );
    printLadder([
      ...floors.map(({ name }, index) => ({ name, ...below[index]! })),
      { name: 'the service: CORS, limits, counts on disk, log, metrics', ...figures! },
    ]);
    compare({
      budget: 7,
      what: 'access tokens',
      ours: figures!.perSecond,
      theirs: theirs!.perSecond,
      unit: '/s',
      limit: 1.5,
      atLeast: true,
      most: 0.5,
    });
  } finally {
    await Promise.all([baseline, ours, ...floors.map(({ program }) => program)].map((program) => program.stop()));
  }
}
