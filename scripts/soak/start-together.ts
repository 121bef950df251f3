import { agentRequest, crmToken } from '../service-lab/http-request.ts';
import { startProxy } from '../service-lab/counting-proxy.ts';
import { load, tally } from '../service-lab/load.ts';
import { runService } from '../service-lab/running-program.ts';
import { startCarrier } from '../service-lab/sandbox-carrier.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** Check 13. */
export const startTogether = {
  title: 'Two nodes start together without an API key',
  async work(soak: Soak) {
    const carrier = await startCarrier(ACCOUNT.publicUrl);
    soak.atEnd(() => carrier.close());
    const proxy = await startProxy(() => carrier.url);
    soak.atEnd(() => proxy.close());
    const {
      TWILIO_API_KEY: key,
      TWILIO_API_SECRET: secret,
      TWILIO_TWIML_APP_SID: app,
      ...settings
    } = labSettings({
      DATABASE_URL: await soak.postgresUrl(),
      TWILIO_API_BASE_URL: proxy.url,
    });
    soak.say('left out', [key, secret, app].every(Boolean) ? 'key, its secret, TwiML App' : '');
    const nodes = await Promise.all([runService(settings), runService(settings)]);
    soak.atEnd(() => Promise.all(nodes.map((node) => node.kill())));
    const tokens = Array.from({ length: 20 }, (_, index) =>
      agentRequest(crmToken({ sub: `agent${index}` }), 'POST', '/api/calls/token'),
    );
    const results = await Promise.all(nodes.map((node) => load(node.port, tokens, { connections: 20 })));
    const statuses = results.flatMap((result) => [...result.statuses]);
    soak.check(
      'access tokens of both',
      tally(statuses),
      statuses.every((status) => status === 200),
    );
    const posts = (resource: string) =>
      proxy.lines.filter((line) => line === `POST /2010-04-01/Accounts/${ACCOUNT.accountSid}/${resource}.json`).length;
    soak.check('POST Keys.json', posts('Keys'), posts('Keys') === 1);
    soak.check('POST Applications.json', posts('Applications'), posts('Applications') === 1);
  },
};
