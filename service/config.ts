import * as z from 'zod';
import { accountConfig, accountProblems, accountShape, type AccountConfig } from './config/account.ts';
import {
  authenticationConfig,
  authenticationProblems,
  authenticationShape,
  type AuthenticationConfig,
} from './config/authentication.ts';
import { crmWebhookConfig, crmWebhookProblems, crmWebhookShape, type CrmWebhookConfig } from './config/crm-webhook.ts';
import { dialingConfig, dialingShape, type DialingConfig } from './config/dialing.ts';
import { incomingConfig, incomingProblems, incomingShape, type IncomingConfig } from './config/incoming.ts';
import { limitsConfig, limitsShape, type LimitsConfig } from './config/limits.ts';
import { logConfig, logShape, type LogConfig } from './config/log.ts';
import { recordingsConfig, recordingsProblems, recordingsShape, type RecordingsConfig } from './config/recordings.ts';
import { processConfig, processShape, type ProcessConfig } from './config/process.ts';

/** A configuration that cannot work: `problems` names every one, each with what to do. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const schema = z.object({
  ...accountShape,
  ...authenticationShape,
  ...logShape,
  ...crmWebhookShape,
  ...dialingShape,
  ...limitsShape,
  ...incomingShape,
  ...recordingsShape,
  ...processShape,
});

/** What the environment may say. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** All settings, by the areas of `config/`. */
export interface Config
  extends
    AccountConfig,
    AuthenticationConfig,
    LogConfig,
    CrmWebhookConfig,
    DialingConfig,
    LimitsConfig,
    IncomingConfig,
    RecordingsConfig,
    ProcessConfig {}

/** Reads the whole configuration once. Throws ConfigError with all problems together. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  // An empty line in .env (`TWILIO_EDGE=`) means "not set".
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  const issues = result.error?.issues ?? [];
  // Read from what was given: a refinement of the whole schema would wait until every single field is right.
  const problems = [
    ...issues.map((issue) => `${String(issue.path[0])} ${issue.message}`),
    ...accountProblems(given),
    ...authenticationProblems(given),
    ...recordingsProblems(given),
    ...incomingProblems(given),
    ...crmWebhookProblems(given),
  ];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  const env = result.data;
  return {
    ...accountConfig(env),
    ...authenticationConfig(env),
    ...logConfig(env),
    ...crmWebhookConfig(env),
    ...dialingConfig(env),
    ...limitsConfig(env),
    ...incomingConfig(env),
    ...recordingsConfig(env),
    ...processConfig(env),
  };
}
