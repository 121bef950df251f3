/** What an operator deploys with, held against the service: names, ports, paths and times that have to agree. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseConfig, SETTING_NAMES } from '../config.ts';
import { LONGEST_MS } from '../operations/stop-on-signals.ts';
import { environment, startTestService } from '../testing/test-service.ts';

interface ComposeService {
  image?: string;
  environment: Record<string, string>;
  env_file?: string;
  volumes?: string[];
  depends_on?: Record<string, unknown>;
  configs?: { source: string; target: string }[];
  stop_grace_period?: string;
}
interface Compose {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
}

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = parse(file('compose.yml'), { merge: true }) as Compose;
const caddyfile = compose.configs['caddyfile']!.content;
const unit = file('service/deploy/almasar.service');
const dockerfile = file('Dockerfile');

/** Of a program, not of the service: Node and npm read it. */
const NODES_OWN = 'NODE_ENV';
const nodes = Object.entries(compose.services).filter(([, { env_file }]) => env_file === '.env');
/** As the shell of `docker compose` fills it in. */
const filledIn = (text: string) => text.replace(/\$\{(\w+):\?[^}]*\}/g, 'filled-in');
const lineOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)![1]!;
const assignments = (text: string) =>
  Object.fromEntries(text.split(' ').map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]));

const GIVEN: [where: string, settings: Record<string, string>][] = [
  ...nodes.map(([name, { environment: given }]): [string, Record<string, string>] => [
    `compose.yml, ${name}`,
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, filledIn(value)])),
  ]),
  ['the unit', assignments(lineOf('Environment'))],
  ['the image', assignments(/^ENV (.*)$/m.exec(dockerfile)![1]!)],
];
for (const [where, settings] of GIVEN) {
  test(`${where}: every setting is one of the service’s, and the service starts with them`, () => {
    for (const name of Object.keys(settings)) assert.ok([...SETTING_NAMES, NODES_OWN].includes(name), name);
    const config = parseConfig(environment(settings));
    assert.equal(config.port, 3000);
    assert.equal(config.databaseUrl, settings['DATABASE_URL']);
  });
}

test('.env.example explains every setting, and nothing else', () => {
  const explained = [...file('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  assert.deepEqual(new Set(explained), new Set(SETTING_NAMES));
  assert.equal(explained.length, SETTING_NAMES.length);
});

test('the balancer reaches the nodes where they listen, and asks what they answer', async () => {
  assert.equal(nodes.length, 2);
  const [, port] = /^EXPOSE (\d+)$/m.exec(dockerfile)!;
  for (const [, { environment: given }] of nodes) assert.equal(given['PORT'], port);
  const [, upstreams] = /reverse_proxy (.*) \{/.exec(caddyfile)!;
  assert.deepEqual(
    upstreams!.split(' '),
    nodes.map(([name]) => `${name}:${port}`),
  );
  const service = await startTestService();
  const [, path] = /health_uri (\S+)/.exec(caddyfile)!;
  assert.equal((await service.app.request(path!)).status, 200);
  await service.remove();
});

test('every name in compose.yml is one that it has, and every password is asked for', () => {
  for (const [name, { volumes = [], depends_on = {}, configs = [] }] of Object.entries(compose.services)) {
    for (const volume of volumes) assert.ok(Object.keys(compose.volumes).includes(volume.split(':')[0]!), volume);
    for (const other of Object.keys(depends_on)) assert.ok(other in compose.services, `${name}: ${other}`);
    for (const { source } of configs) assert.ok(source in compose.configs, `${name}: ${source}`);
  }
  const database = compose.services['database']!.environment;
  for (const [, { environment: given }] of nodes) {
    const url = new URL(given['DATABASE_URL']!.replace(/\$\{.*\}/, 'word'));
    assert.equal(url.username, database['POSTGRES_USER']);
    assert.equal(url.pathname, `/${database['POSTGRES_DB']}`);
    assert.ok(url.hostname in compose.services);
    assert.ok(given['DATABASE_URL']!.includes(database['POSTGRES_PASSWORD']!));
  }
});

test('nobody kills a node before it has ended by itself', () => {
  for (const [, { stop_grace_period: grace }] of nodes) assert.ok(Number.parseInt(grace!) * 1000 > LONGEST_MS);
  assert.ok(Number(lineOf('TimeoutStopSec')) * 1000 > LONGEST_MS);
});

test('the unit starts what the image starts, and its database lies where the unit may write', () => {
  const [program, ...parameters] = lineOf('ExecStart').split(' ');
  assert.match(program!, /^\/.*\/node$/);
  assert.deepEqual(['node', ...parameters], JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!));
  const path = assignments(lineOf('Environment'))['DATABASE_URL']!.replace('sqlite:', '');
  assert.ok(path.startsWith(`/var/lib/${lineOf('StateDirectory')}/`), path);
});
