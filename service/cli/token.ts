/** `npm run --silent token -- --sub mona`: a JWT as the CRM signs it, to try the API by curl. For AUTH_MODE jwt. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { ConfigError, parseConfig } from '../config.ts';
import { ROLES } from '../contract.ts';
import { CommandError, runCommand } from './sqlite-file.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

const USAGE = 'npm run --silent token -- --sub mona [--name "Mona Adel"] [--role agent|supervisor|admin]';
const LIFE_SECONDS = 600;

function asked(): { sub: string; name?: string | undefined; role: string } {
  const text = { type: 'string' } as const;
  try {
    const { sub, name, role = 'agent' } = parseArgs({ options: { sub: text, name: text, role: text } }).values;
    if (sub && ROLES.some((each) => each === role)) return { sub, name, role };
  } catch {
    // Said below, with how it is done.
  }
  throw new CommandError(`Say for whom: ${USAGE}`);
}

function readConfig() {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(error.message);
    throw error;
  }
}

await runCommand(async () => {
  const { sub, name, role } = asked();
  const { authMode, crmJwtSecrets, crmJwtIssuer } = readConfig();
  if (authMode !== 'jwt') {
    throw new CommandError(`AUTH_MODE is ${authMode}: only in mode jwt does the service know a secret to sign with.`);
  }
  const now = Math.floor(Date.now() / 1000);
  const token = new SignJWT({ role, ...(name && { name }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setAudience('almasar-dialer')
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_SECONDS);
  if (crmJwtIssuer !== undefined) token.setIssuer(crmJwtIssuer);
  return token.sign(new TextEncoder().encode(crmJwtSecrets[0]));
});
