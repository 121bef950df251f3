import type { Config } from './config.ts';
import { databaseSecrets } from './config/log.ts';
import { serviceSecretOf } from './service-secret.ts';

/** Texts that may stand in no log line: the secrets, and the API key as HTTP Basic authentication sends it. */
export function secretsOf(config: Config): string[] {
  const { authTokens, apiKey, apiSecret, crmJwtSecrets, copies, databaseUrl, metricsToken } = config;
  const key = apiSecret === undefined ? [] : [apiSecret, Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')];
  const bucket = copies?.in === 's3' ? [copies.secretAccessKey] : [];
  return [
    ...authTokens,
    ...key,
    ...crmJwtSecrets,
    serviceSecretOf(config),
    ...bucket,
    ...databaseSecrets(databaseUrl),
    ...(metricsToken ? [metricsToken] : []),
  ];
}
