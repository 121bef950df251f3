import pg from 'pg';
import { webhooksOf } from '../service-lab/call-webhooks.ts';
import { load, tally } from '../service-lab/load.ts';
import { keptCalls } from '../service-lab/kept-calls.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const EVENTS = 10_000;

/** Check 8, the events. */
export const sentToBothNodes = {
  title: 'Two nodes on one PostgreSQL, every event sent to both at once',
  async work(soak: Soak) {
    const databaseUrl = await soak.postgresUrl();
    const settings = labSettings({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' });
    const nodes = await Promise.all([runService(settings), runService(settings)]);
    soak.atEnd(() => Promise.all(nodes.map((node) => node.kill())));
    const calls = await placeCalls(nodes[0].port, EVENTS / 4);
    const requests = webhooksOf(calls).map(({ request }) => request);
    const results = await Promise.all(nodes.map((node) => load(node.port, requests, { connections: 16 })));
    const statuses = results.flatMap((result) => [...result.statuses]);
    soak.check(
      'answers of both',
      tally(statuses),
      statuses.every((status) => status === 204),
    );
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ all: string; kinds: string }>(
      'select count(*) as all, count(distinct key) as kinds from call_events',
    );
    await client.end();
    const { all, kinds } = rows[0]!;
    soak.check(`${requests.length} events sent twice: stored`, all, Number(all) === requests.length && all === kinds);
    const [one, other] = await Promise.all(nodes.map((node) => keptCalls(node.url)));
    const same = [...one!].filter(([callId, record]) => JSON.stringify(other!.get(callId)) === JSON.stringify(record));
    soak.check(
      'calls that both nodes show alike, and ended',
      same.filter(([, { status }]) => status === 'ended').length,
      same.length === calls.length,
    );
  },
};
