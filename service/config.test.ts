import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, parseConfig } from './config.ts';
import { STANDARD_LIMITS } from './testing/outgoing-calls.ts';
import { environment } from './testing/test-service.ts';

function problemsOf(changes: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(environment(changes));
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

test('a complete environment gives a configuration with the documented defaults', () => {
  const config = parseConfig(environment());
  assert.equal(config.defaultCountry, 'EG');
  assert.deepEqual(config.allowedCountries, ['EG']);
  assert.equal(config.carrierBaseUrl, 'https://api.twilio.com');
  assert.equal(config.databaseUrl, 'sqlite:./data/almasar.db');
  assert.equal(config.host, '127.0.0.1');
});

test('everything that is missing is named together', () => {
  assert.throws(
    () => parseConfig({}),
    (error: ConfigError) => {
      for (const name of [
        'TWILIO_ACCOUNT_SID',
        'TWILIO_AUTH_TOKEN',
        'TWILIO_CALLER_ID',
        'PUBLIC_URL',
        'AUTH_MODE',
        'CRM_JWT_SECRET',
      ]) {
        assert.ok(
          error.problems.some((problem) => problem.startsWith(`${name} `)),
          name,
        );
      }
      return true;
    },
  );
});

const WRONG: [string, string][] = [
  ['TWILIO_ACCOUNT_SID', 'AC12'],
  ['TWILIO_AUTH_TOKEN', 'short'],
  ['TWILIO_AUTH_TOKEN', ','],
  ['TWILIO_API_KEY', `AC${'1'.repeat(32)}`],
  ['PUBLIC_URL', 'http://dialer.example.com'],
  ['TWILIO_API_SECRET', 'cut off'],
  ['PUBLIC_URL', 'dialer'],
  ['PUBLIC_URL', 'https://dialer.example.com/?from=crm'],
  ['PUBLIC_URL', 'https://me:word@dialer.example.com'],
  ['PUBLIC_URLS', 'https://old.example.com,http://older.example.com'],
  ['PUBLIC_URLS', 'https://old.example.com?x=1'],
  ['TWILIO_API_BASE_URL', 'http://api.example.com'],
  ['TWILIO_API_BASE_URL', 'api.twilio.com'],
  ['TWILIO_EDGE', 'dublin.example.com/'],
  ['TWILIO_EDGE', 'dublin,frankfurt,ashburn,tokyo,sydney'],
  ['AUTH_MODE', 'dev'],
  ['CRM_JWT_SECRET', 'too short'],
  ['DATABASE_URL', 'mysql://localhost/calls'],
  ['DATABASE_URL', 'postgres://db.example.com'],
  ['DATABASE_URL', 'postgres:///calls'],
  ['DATABASE_URL', 'postgres://me:50%@localhost/calls'],
  ['DATABASE_URL', 'sqlite:'],
  ['DEFAULT_COUNTRY', 'Egypt'],
  ['ALLOWED_COUNTRIES', 'EG,Mars'],
  ['CORS_ORIGINS', 'https://crm.example.com/path'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'https://*.example.com'],
  ['CORS_ORIGINS', 'https://crm.example.com,ftp://crm.example.com'],
  ['CORS_ORIGINS', 'ws://crm.example.com'],
  ['PORT', '70000'],
  ['PORT', '80.5'],
  ['PORT', '-1'],
  ['LOG_LEVEL', 'loud'],
  ['INBOUND_FALLBACK_NUMBER', '01001234500'],
  ['INBOUND_FALLBACK_NUMBER', '+20224610000'],
  ['INBOUND_FALLBACK_NUMBER', '+19002345678'],
  ['VOICE_FALLBACK_URL', 'http://localhost/sorry.xml'],
  ['VOICE_FALLBACK_URL', 'sorry.xml'],
  ['INBOUND_VOICEMAIL', 'yes'],
  ['CALLS_AT_ONCE_AGENT', '0'],
  ['CALLS_AT_ONCE', '-1'],
  ['CALLS_PER_MINUTE_AGENT', '1.5'],
  ['CALLS_PER_HOUR_NUMBER', 'many'],
  ['LONGEST_CALL_MINUTES', '1441'],
  ['RATES', 'EG=0.10'],
  ['RATES', 'Mars:1'],
  ['SPEND_LIMIT_DAY', '$5'],
  ['SPEND_LIMIT_AGENT_DAY', '0'],
  ['DISPOSITIONS', 'sale'],
  ['DISPOSITIONS', 'Sale:تم البيع:Sale'],
  ['DISPOSITIONS', 'sale:تم:Sale,sale:تم:Sold'],
  ['DISPOSITIONS', ' , '],
  ['TWILIO_CALLER_ID', '0100'],
  ['TWILIO_CALLER_ID', '+20224610000,0100'],
  ['TWILIO_CALLER_ID', '+20224610000:'],
  ['TWILIO_CALLER_ID', '+20224610000:أ:B:C'],
  ['TWILIO_CALLER_ID', '+20224610000,+20224610000:Sales'],
  ['TWILIO_CALLER_ID', ' , '],
];

for (const [name, value] of WRONG) {
  test(`${name}=${value} is refused with a sentence of its own`, () => {
    const problems = problemsOf({ [name]: value });
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, new RegExp(`^${name} .{15,}`));
    if (name.includes('TOKEN') || name.includes('SECRET')) assert.ok(!problems[0]!.includes(value) || value === ',');
  });
}

test('an account outside the US is asked at its own address, and needs both names', () => {
  const region = { TWILIO_EDGE: 'dublin', TWILIO_REGION: 'ie1' };
  for (const TWILIO_EDGE of ['dublin', ' dublin, frankfurt']) {
    const config = parseConfig(environment({ ...region, TWILIO_EDGE }));
    assert.equal(config.carrierBaseUrl, 'https://api.dublin.ie1.twilio.com');
    assert.equal(config.edges[0], 'dublin');
  }
  const elsewhere = { ...region, TWILIO_API_BASE_URL: 'http://localhost:4000/' };
  assert.equal(parseConfig(environment(elsewhere)).carrierBaseUrl, 'http://localhost:4000');
  assert.match(problemsOf({ TWILIO_REGION: 'ie1' }).join(), /^TWILIO_EDGE is missing\. TWILIO_REGION needs it/);
});

test('a region without its edge is named together with what else is wrong', () => {
  const problems = problemsOf({ TWILIO_REGION: 'ie1', TWILIO_ACCOUNT_SID: undefined, PORT: 'no' });
  assert.deepEqual(
    problems.map((problem) => problem.split(' ')[0]),
    ['TWILIO_ACCOUNT_SID', 'PORT', 'TWILIO_EDGE'],
  );
});

test('a list of countries without a country is one that is not set', () => {
  assert.deepEqual(parseConfig(environment({ ALLOWED_COUNTRIES: ' , ' })).allowedCountries, ['EG']);
  const config = parseConfig(environment({ ALLOWED_COUNTRIES: ' , ', DEFAULT_COUNTRY: 'SA' }));
  assert.deepEqual(config.allowedCountries, ['SA']);
});

test('several exact origins may read the answers', () => {
  const origins = ['https://crm.example.com', 'http://localhost:8080'];
  assert.deepEqual(parseConfig(environment({ CORS_ORIGINS: origins.join(', ') })).corsOrigins, origins);
});

test('a token under rotation is a list, primary first', () => {
  const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
  assert.deepEqual(parseConfig(environment({ TWILIO_AUTH_TOKEN: `${a}, ${b}` })).authTokens, [a, b]);
});

test('what happens to customers’ calls and what agents choose from can be set', () => {
  const usual = parseConfig(environment());
  assert.deepEqual([usual.fallbackNumber, usual.voicemail, usual.dispositions.length], [undefined, true, 7]);
  const config = parseConfig(
    environment({
      INBOUND_FALLBACK_NUMBER: '+201009999999',
      INBOUND_VOICEMAIL: 'off',
      DISPOSITIONS: ' sale:تم البيع:Sale, later : بعدين : Later ,',
    }),
  );
  assert.deepEqual([config.fallbackNumber, config.voicemail], ['+201009999999', false]);
  assert.deepEqual(config.dispositions, [
    { id: 'sale', label: { ar: 'تم البيع', en: 'Sale' } },
    { id: 'later', label: { ar: 'بعدين', en: 'Later' } },
  ]);
});

test('limits that nobody sets are cautious ones, and money is read without a loss', () => {
  const { limits, longestCallSeconds, rates } = parseConfig(environment({ ...STANDARD_LIMITS, RATES: 'EG:0.0085' }));
  assert.deepEqual(limits, {
    agentAtOnce: 1,
    atOnce: 50,
    agentPerMinute: 10,
    agentPerHour: 200,
    agentPerDay: 600,
    numberPerHour: 5,
    agentSpendPerDay: undefined,
    spendPerDay: undefined,
  });
  assert.equal(longestCallSeconds, 3600);
  assert.equal(rates.get('EG'), 85);
  assert.equal(parseConfig(environment({ SPEND_LIMIT_DAY: '12.5' })).limits.spendPerDay, 125_000);
});

test('PUBLIC_URL comes first among the addresses of webhooks, and each is there once', () => {
  const { publicUrl, publicUrls } = parseConfig(
    environment({ PUBLIC_URLS: 'https://old.example.com/dialer/, https://dialer.example.com' }),
  );
  assert.equal(publicUrl, 'https://dialer.example.com');
  assert.deepEqual(publicUrls, ['https://dialer.example.com', 'https://old.example.com/dialer']);
  assert.deepEqual(parseConfig(environment()).publicUrls, ['https://dialer.example.com']);
});
