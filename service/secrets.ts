import type { Config } from './config.ts';
import { databaseSecrets } from './config/log.ts';

/** Texts that may stand in no log line: the secrets, and the API key as HTTP Basic authentication sends it. */
export function secretsOf({ authTokens, apiKey, apiSecret, crmJwtSecret, copies, databaseUrl, crmWebhook }: Config): string[] {
  const key = apiSecret === undefined ? [] : [apiSecret, Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')];
  const copiesKey = copies?.in === 's3' ? [copies.secretAccessKey] : [];
  return [...authTokens, ...key, crmJwtSecret, ...copiesKey, ...databaseSecrets(databaseUrl), ...(crmWebhook?.secrets ?? [])];
}
