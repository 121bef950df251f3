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
  ports?: string[];
  healthcheck?: { test: string[] };
  logging?: { driver: string };
}
interface Compose {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
}

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = parse(file('compose.yml'), { merge: true }) as Compose;
const caddyfile = compose.configs['caddyfile']!.content;
/** What the head of compose.yml tells an operator to type. */
const head = /^(?:#.*\n)+/.exec(file('compose.yml'))![0];
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
  const upstreams = nodes.map(([name]) => `${name}:${port}`).join(' ');
  const proxies = [...caddyfile.matchAll(/reverse_proxy (?:@\w+ )?([^{\n]+)/g)].map(([, asked]) => asked!.trim());
  // The second is for when no node is ready.
  assert.deepEqual(proxies, [upstreams, upstreams]);
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

test('while no node is ready, the balancer asks one all the same: a caller hears a sentence from it', () => {
  assert.match(
    caddyfile,
    /handle_errors \{\s*@nobody expression \{err\.status_code\} == 503\n\s*reverse_proxy @nobody /,
  );
});

test('a node that refuses a connection is asked nothing more until its health is known', () => {
  const seconds = (name: string) => Number(new RegExp(`^ *${name} (\\d+)s$`, 'm').exec(caddyfile)?.[1]);
  assert.ok(seconds('fail_duration') > seconds('health_interval'));
});

test('the balancer promises no HTTP/3 while UDP is closed, and lets go of event streams whose browsers are gone', () => {
  const { ports } = compose.services['balancer']!;
  assert.equal(/protocols h1 h2$/m.test(caddyfile), !ports!.includes('443:443/udp'));
  assert.doesNotMatch(caddyfile, /^ *flush_interval -/m);
});

test('the database is healthy when nodes can reach it, not while it is being set up behind its socket', () => {
  const { healthcheck, environment: given } = compose.services['database']!;
  assert.match(healthcheck!.test.join(' '), new RegExp(`pg_isready -h \\S+ -U ${given['POSTGRES_USER']}$`));
});

test('no container fills the disk with its output', () => {
  for (const [name, { logging }] of Object.entries(compose.services)) assert.equal(logging?.driver, 'local', name);
});

test('the head of compose.yml names services, user and database as they are', () => {
  const { POSTGRES_USER: user, POSTGRES_DB: name } = compose.services['database']!.environment;
  assert.match(head, new RegExp(`exec -T database pg_dump -U ${user} -Fc ${name} >`));
  assert.match(head, new RegExp(`exec -T database pg_restore -U ${user} -d postgres --clean --create <`));
  for (const [node] of nodes) assert.match(head, new RegExp(`up -d --no-deps --wait ${node}\\b`));
  for (const verb of ['stop', 'start']) assert.ok(head.includes(`${verb} ${nodes.map(([node]) => node).join(' ')}\n`));
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
