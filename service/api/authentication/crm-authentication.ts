import type { Clock } from '../../calls/ports.ts';
import type { AuthenticationConfig } from '../../config/authentication.ts';
import type { Logger } from '../../logger.ts';
import type { Authenticate } from '../authentication.ts';
import { isSessionToken, type PhoneSessions } from '../phone-session.ts';
import { devAuthentication } from './dev.ts';
import { jwtAuthentication } from './jwt.ts';
import { rememberVerified } from './remember-verified.ts';

/** By AUTH_MODE: how the CRM says who an agent is. */
async function crmAuthentication(config: AuthenticationConfig, clock: Clock, logger: Logger): Promise<Authenticate> {
  const { authMode, crmJwtSecrets, crmJwksUrl, crmJwtIssuer: issuer } = config;
  if (authMode === 'dev') return devAuthentication(clock);
  if (authMode === 'jwt') return jwtAuthentication(crmJwtSecrets, issuer, clock);
  const { jwksAuthentication } = await import('./jwks.ts');
  return jwksAuthentication({ url: crmJwksUrl!, issuer, clock, logger });
}

/** Takes the CRM's word, and the service's own for the phone window. */
export async function authenticateAgents(
  config: AuthenticationConfig,
  sessions: PhoneSessions,
  clock: Clock,
  logger: Logger,
): Promise<Authenticate> {
  const crm = await crmAuthentication(config, clock, logger);
  const authenticate: Authenticate = (bearer) => (isSessionToken(bearer) ? sessions.authenticate(bearer) : crm(bearer));
  return rememberVerified(authenticate, clock);
}
