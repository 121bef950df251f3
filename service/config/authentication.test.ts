import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, parseConfig } from '../config.ts';
import { secretsOf } from '../secrets.ts';
import { serviceSecretOf } from '../service-secret.ts';
import { environment } from '../testing/test-service.ts';

function problemsOf(changes: Record<string, string | undefined>): string {
  try {
    parseConfig(environment(changes));
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.join('\n');
  }
  return '';
}

const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
const DEV = { AUTH_MODE: 'dev', CRM_JWT_SECRET: undefined, PUBLIC_URL: 'http://localhost:3000' };

const REFUSED: [string, Record<string, string | undefined>, RegExp][] = [
  ['no mode', { AUTH_MODE: undefined }, /^AUTH_MODE is missing\. Set jwt .*jwks .*dev .*$/],
  ['an empty mode', { AUTH_MODE: '' }, /^AUTH_MODE is missing/],
  ['another mode', { AUTH_MODE: 'none' }, /^AUTH_MODE is none of the three/],
  ['jwt without a secret', { CRM_JWT_SECRET: undefined }, /^CRM_JWT_SECRET is missing\. Make one/],
  ['a secret of 31 bytes', { CRM_JWT_SECRET: a.slice(1) }, /^CRM_JWT_SECRET must have at least 32 bytes/],
  ['a short secret beside a long one', { CRM_JWT_SECRET: `${a},short` }, /^CRM_JWT_SECRET must have/],
  ['three secrets', { CRM_JWT_SECRET: `${a},${b},${a}` }, /^CRM_JWT_SECRET must have/],
  ['commas for a secret', { CRM_JWT_SECRET: ','.repeat(40) }, /^CRM_JWT_SECRET must have/],
  ['an empty auth token', { TWILIO_AUTH_TOKEN: '' }, /^TWILIO_AUTH_TOKEN is missing/],
  ['a short auth token', { TWILIO_AUTH_TOKEN: a.slice(1) }, /^TWILIO_AUTH_TOKEN must be 32 hex digits/],
  [
    'a short auth token beside a long one',
    { TWILIO_AUTH_TOKEN: `${a},bb` },
    /^TWILIO_AUTH_TOKEN must be 32 hex digits/,
  ],
  ['jwks without an address', { AUTH_MODE: 'jwks' }, /^CRM_JWKS_URL is missing/],
  [
    'keys over http',
    { AUTH_MODE: 'jwks', CRM_JWKS_URL: 'http://crm.example.com/keys' },
    /^CRM_JWKS_URL must be an https/,
  ],
  ['keys with a password', { AUTH_MODE: 'jwks', CRM_JWKS_URL: 'https://a:b@crm.example.com' }, /^CRM_JWKS_URL must be/],
  ['keys of a file', { AUTH_MODE: 'jwks', CRM_JWKS_URL: 'file:///etc/keys' }, /^CRM_JWKS_URL must be/],
  ['dev on all addresses', { ...DEV, HOST: '0.0.0.0' }, /^AUTH_MODE dev .*HOST is not/],
  ['dev on an address of the network', { ...DEV, HOST: '192.168.1.5' }, /^AUTH_MODE dev .*HOST is not/],
  ['dev for the public', { ...DEV, PUBLIC_URL: 'https://dialer.example.com' }, /^AUTH_MODE dev .*PUBLIC_URL is not/],
  [
    'dev for a name like ours',
    { ...DEV, PUBLIC_URL: 'https://localhost.example.com' },
    /^AUTH_MODE dev .*PUBLIC_URL is not/,
  ],
  ['dev in production', { ...DEV, NODE_ENV: 'production' }, /^AUTH_MODE dev .*NODE_ENV is production/],
  ['a short service secret', { SERVICE_SECRET: 'short' }, /^SERVICE_SECRET must have at least 32 bytes/],
  ['a life of a minute', { TOKEN_LIFE: '60' }, /^TOKEN_LIFE must be a number of seconds from 600 to 3600/],
  ['a life of a day', { TOKEN_LIFE: '86400' }, /^TOKEN_LIFE must be/],
  ['a life of 15m', { TOKEN_LIFE: '15m' }, /^TOKEN_LIFE must be/],
  ['proxies by name', { TRUSTED_PROXIES: 'proxy.internal' }, /^TRUSTED_PROXIES must be addresses or ranges/],
  ['a range that is none', { TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES must be/],
];

for (const [name, changes, problem] of REFUSED) {
  test(`refused: ${name}`, () => {
    const found = problemsOf(changes);
    assert.match(found, problem);
    assert.ok(!found.includes('\n'));
  });
}

test('each mode starts with what it needs', () => {
  assert.deepEqual(parseConfig(environment({ CRM_JWT_SECRET: `${a} , ${b}` })).crmJwtSecrets, [a, b]);
  const jwks = { AUTH_MODE: 'jwks', CRM_JWT_SECRET: undefined };
  for (const url of [
    'https://crm.example.com/.well-known/jwks.json?v=1',
    'http://localhost:8080/keys',
    'http://[::1]/k',
  ]) {
    assert.equal(parseConfig(environment({ ...jwks, CRM_JWKS_URL: url })).crmJwksUrl, url);
  }
  for (const HOST of [undefined, '127.0.0.1', 'localhost', '::1']) {
    assert.equal(parseConfig(environment({ ...DEV, HOST, NODE_ENV: 'development' })).authMode, 'dev');
  }
  const ranges = '10.0.0.5,192.168.0.0/16,2001:db8::/32';
  assert.deepEqual(parseConfig(environment({ TRUSTED_PROXIES: ranges })).trustedProxies, ranges.split(','));
  assert.equal(parseConfig(environment()).tokenLifeSeconds, 3600);
});

test('the service’s own secret is the one given, or made of the primary auth token, and no log shows it', () => {
  const given = parseConfig(environment({ SERVICE_SECRET: a }));
  assert.equal(serviceSecretOf(given), a);
  const made = serviceSecretOf(parseConfig(environment()));
  assert.match(made, /^[0-9a-f]{64}$/);
  assert.equal(made, serviceSecretOf(parseConfig(environment({ CRM_JWT_SECRET: b }))));
  const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
  const of = (tokens: string) => serviceSecretOf(parseConfig(environment({ TWILIO_AUTH_TOKEN: tokens })));
  assert.equal(of(`${first},${second}`), of(first));
  assert.notEqual(of(`${second},${first}`), of(first));
  for (const config of [given, parseConfig(environment())]) {
    assert.ok(secretsOf(config).includes(serviceSecretOf(config)));
  }
});
