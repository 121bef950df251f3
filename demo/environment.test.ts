import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '../service/config.ts';
import { planDemo, ringsRealPhones } from './environment.ts';

const ACCOUNT = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: '1'.repeat(32),
  TWILIO_TWIML_APP_SID: `AP${'2'.repeat(32)}`,
  TWILIO_API_KEY: `SK${'3'.repeat(32)}`,
  TWILIO_API_SECRET: 'the secret of the API key',
  TWILIO_CALLER_ID: '+20224610000',
  PUBLIC_URL: 'https://calls.example.com',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    planDemo(environment);
  } catch (error) {
    assert(error instanceof ConfigError);
    return error.problems;
  }
  return assert.fail('should have been refused');
}

describe('planDemo', () => {
  it('runs on the sandbox when nothing is set, with credentials nobody else has', () => {
    const first = planDemo({});
    const second = planDemo({});
    assert.equal(first.carrier, 'sandbox');
    assert.equal(first.config.port, 3000);
    assert.equal(first.config.host, '127.0.0.1');
    assert.equal(first.config.databaseUrl, 'sqlite:./data/demo.db');
    assert.equal(first.config.logLevel, 'warn');
    assert.notEqual(first.config.apiSecret, second.config.apiSecret);
    assert.notEqual(first.config.crmJwtSecret, second.config.crmJwtSecret);
    assert.equal(ringsRealPhones(first), false);
  });

  it('takes a copied, unfilled .env for nothing', () => {
    const blank = Object.fromEntries(Object.keys(ACCOUNT).map((name) => [name, '  ']));
    assert.equal(planDemo({ ...blank, AUTH_MODE: 'jwt', CRM_JWT_SECRET: '' }).carrier, 'sandbox');
  });

  it('keeps what is set for the process itself', () => {
    const { config } = planDemo({ PORT: '0', DATABASE_URL: 'sqlite:/tmp/x.db', CRM_JWT_SECRET: 's'.repeat(32) });
    assert.equal(config.port, 0);
    assert.equal(config.databaseUrl, 'sqlite:/tmp/x.db');
    assert.equal(config.crmJwtSecret, 's'.repeat(32));
  });

  it('uses a complete account, and its own data', () => {
    const plan = planDemo(ACCOUNT);
    assert.equal(plan.carrier, 'account');
    assert.equal(plan.config.accountSid, ACCOUNT.TWILIO_ACCOUNT_SID);
    assert.equal(plan.config.publicUrl, 'https://calls.example.com');
    assert.equal(plan.config.databaseUrl, 'sqlite:./data/almasar.db');
    assert.equal(ringsRealPhones(plan), true);
  });

  it('knows that a carrier in Twilio’s place rings nobody', () => {
    const plan = planDemo({
      ...ACCOUNT,
      TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
      PUBLIC_URL: 'http://localhost:3000',
    });
    assert.equal(plan.carrier, 'account');
    assert.equal(ringsRealPhones(plan), false);
  });

  /** The service makes these itself where the account has none for it. */
  const OPTIONAL = ['TWILIO_TWIML_APP_SID', 'TWILIO_API_KEY', 'TWILIO_API_SECRET'];
  const needed = Object.keys(ACCOUNT).filter((name) => !OPTIONAL.includes(name));
  for (const missing of needed) {
    it(`names ${missing} when it alone is missing`, () => {
      const problems = problemsOf({ ...ACCOUNT, [missing]: '' });
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', new RegExp(`^${missing} `));
    });
  }

  it('asks for the other half of an API key', () => {
    for (const missing of ['TWILIO_API_KEY', 'TWILIO_API_SECRET']) {
      assert.match(problemsOf({ ...ACCOUNT, [missing]: '' }).join(), new RegExp(`^${missing} is missing`));
    }
  });

  it('needs neither API key nor TwiML App', () => {
    const { config } = planDemo({ ...ACCOUNT, ...Object.fromEntries(OPTIONAL.map((name) => [name, ''])) });
    assert.equal(config.apiKey, undefined);
    assert.equal(config.applicationSid, undefined);
  });

  it('names everything that half an account lacks at once', () => {
    const problems = problemsOf({ TWILIO_ACCOUNT_SID: ACCOUNT.TWILIO_ACCOUNT_SID });
    assert.equal(problems.length, needed.length - 1);
  });

  it('refuses a real account whose webhooks could not arrive', () => {
    assert.match(problemsOf({ ...ACCOUNT, PUBLIC_URL: 'http://localhost:3000' })[0] ?? '', /^PUBLIC_URL .*tunnel/);
  });

  it('refuses settings of the process that cannot be meant', () => {
    assert.match(problemsOf({ PORT: 'http' })[0] ?? '', /^PORT /);
  });
});
