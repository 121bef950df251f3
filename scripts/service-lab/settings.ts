/** The account under which every measured service runs: made up, and known to nobody. */
const hex = (digit: string) => digit.repeat(32);

export const ACCOUNT = {
  accountSid: `AC${hex('1')}`,
  authToken: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  applicationSid: `AP${hex('2')}`,
  apiKey: `SK${hex('3')}`,
  apiSecret: 'key-secret-7d1f0c5be2',
  callerId: '+20224610000',
  crmSecret: 'crm-secret-9b0e4a6f1c8d7e2356a1b4c9',
  publicUrl: 'https://dialer.example.com',
};

/** No limit of calls stands in the way of a measurement; requests are spread over many agents instead. */
const NO_LIMITS = Object.fromEntries(
  ['AT_ONCE_AGENT', 'AT_ONCE', 'PER_MINUTE_AGENT', 'PER_HOUR_AGENT', 'PER_DAY_AGENT', 'PER_HOUR_NUMBER'].map((name) => [
    `CALLS_${name}`,
    '1000000',
  ]),
);

/** A whole environment of the service. Nothing listens where it would ask the carrier, unless that is changed. */
export function labSettings(changes: Record<string, string> = {}): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
    TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
    TWILIO_TWIML_APP_SID: ACCOUNT.applicationSid,
    TWILIO_API_KEY: ACCOUNT.apiKey,
    TWILIO_API_SECRET: ACCOUNT.apiSecret,
    TWILIO_CALLER_ID: ACCOUNT.callerId,
    TWILIO_API_BASE_URL: 'http://127.0.0.1:1',
    PUBLIC_URL: ACCOUNT.publicUrl,
    AUTH_MODE: 'jwt',
    CRM_JWT_SECRET: ACCOUNT.crmSecret,
    LOG_LEVEL: 'info',
    ...NO_LIMITS,
    ...changes,
  };
}
