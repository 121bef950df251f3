/**
 * `npm run soak`: the promises of the service, each tried on the service as it is shipped (dist/service/main.js) over
 * HTTP, with what goes wrong in the world: kills, full disks, a database that restarts, forgers, slow senders, lost
 * webhooks. Every step prints its figures and whether they are as promised; a promise that is broken fails the run.
 * `-- --only 8` does one step (by its number in facts/twilio §10), `-- --short` all of them in little.
 */
import { parseArgs } from 'node:util';
import { must } from './run.ts';
import { clock } from './soak/clock.ts';
import { databaseRestarts } from './soak/database-restarts.ts';
import { diskFull } from './soak/disk-full.ts';
import { drain } from './soak/drain.ts';
import { forgedWebhooks } from './soak/forged-webhooks.ts';
import { killDuringPosts } from './soak/kill-during-posts.ts';
import { limitsAcrossNodes } from './soak/limits-across-nodes.ts';
import { lostCallbacks } from './soak/lost-callbacks.ts';
import { oddFields } from './soak/odd-fields.ts';
import { secretsNowhere } from './soak/secrets-nowhere.ts';
import { serviceDown } from './soak/service-down.ts';
import { slowSenders } from './soak/slow-senders.ts';
import { createSoak, type Step } from './soak/soak-step.ts';
import { startTogether } from './soak/start-together.ts';
import { sentToBothNodes } from './soak/sent-to-both-nodes.ts';
import { twimlInTime } from './soak/twiml-in-time.ts';
import { webhookLatency } from './soak/webhook-latency.ts';

const STEPS: Record<string, Step> = {
  1: killDuringPosts,
  4: lostCallbacks,
  5: serviceDown,
  6: twimlInTime,
  7: webhookLatency,
  8: sentToBothNodes,
  9: databaseRestarts,
  10: diskFull,
  11: drain,
  12: clock,
  13: startTogether,
  15: forgedWebhooks,
  20: oddFields,
  23: limitsAcrossNodes,
  26: slowSenders,
  // Last: it looks into what all the others have written.
  25: secretsNowhere,
};
const ORDER = [1, 6, 7, 8, 9, 10, 11, 12, 13, 15, 20, 23, 26, 4, 5, 25];

const { values } = parseArgs({ options: { only: { type: 'string' }, short: { type: 'boolean', default: false } } });
const only = values.only?.split(',');
const unknown = only?.filter((number) => !(number in STEPS)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(`There is no step ${unknown.join(', ')}; there are: ${ORDER.join(', ')}.\n`);
  process.exit(2);
}
await must(process.execPath, ['scripts/ensure-built.ts']);
const soak = createSoak(values.short);
for (const number of ORDER) {
  if (only && !only.includes(String(number))) continue;
  await soak.run(number, STEPS[number]!);
}
process.exit(soak.end() ? 0 : 1);
