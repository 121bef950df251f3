import { ConfigError } from '../service/config.ts';
import { databasePlace } from '../service/config/log.ts';
import { FAR_ENDS } from './call-center/far-ends.ts';
import { ringsRealPhones } from './environment.ts';
import { DemoError, type Demo } from './start-demo.ts';

/** What the terminal says once the demo runs. Holds no secret but the key of the page, where it has one. */
export function announce({ pageUrl, plan, sandbox }: Demo): string {
  const { config } = plan;
  const data = `Calls are kept in ${databasePlace(config.databaseUrl)}`;
  if (sandbox) {
    const farEnds = Object.entries(FAR_ENDS).map(([digits, { en }]) => `    …${digits}  ${en}`);
    return [
      'Almasar Dialer demo, on the sandbox: a telephone network inside this process. No account, no cost.',
      '',
      `  Open  ${pageUrl}  and click a customer’s number.`,
      '',
      '  The last two digits choose who answers:',
      ...farEnds,
      '',
      `  ${data}; the sandbox forgets its recordings when it stops (Ctrl-C).`,
      '  A real Twilio account instead: cp .env.example .env, fill it in (README, “A real Twilio account”), start again.',
      '',
    ].join('\n');
  }
  const carrier = ringsRealPhones(plan) ? 'your Twilio account' : `the carrier at ${config.carrierBaseUrl}`;
  return [
    `Almasar Dialer demo, on ${carrier} ${config.accountSid.slice(0, 6)}…: calls are real and cost money.`,
    '',
    `  Open  ${pageUrl}`,
    ...(ringsRealPhones(plan) ? ['  Whoever has this address can place calls; its key changes with every start.'] : []),
    '',
    `  The TwiML App must have the Voice Request URL  ${config.publicUrl}/api/calls/twiml/outbound`,
    `  and the Status Callback URL                    ${config.publicUrl}/api/calls/webhook/status  (both HTTP POST).`,
    `  ${data}. Stop with Ctrl-C.`,
    '  Back to the sandbox: take the TWILIO_ lines out of .env.',
    '',
  ].join('\n');
}

/** Why the demo did not start and what to do, for the faults that a person can mend; undefined for any other. */
export function explain(error: unknown): string | undefined {
  if (error instanceof DemoError) return error.message;
  if (!(error instanceof ConfigError)) return undefined;
  return [
    error.message,
    '',
    'Correct this in .env (every setting is explained in .env.example). Without any TWILIO_ setting',
    'the demo runs on its own sandbox and needs no account.',
  ].join('\n');
}
