import { randomBytes } from 'node:crypto';
import type { Account, Application, IncomingNumber } from './ports.ts';
import { newSid } from './sid.ts';

/** Caller ID of an account whose numbers were not given: a fixed line in Cairo. */
export const DEFAULT_NUMBER = '+20224610000';

export interface AccountOptions {
  accountSid?: string;
  /** 32 hex digits. */
  authToken?: string;
  apiKey?: { sid: string; secret: string };
  application?: { sid?: string; voiceUrl?: string; statusCallback?: string; voiceFallbackUrl?: string };
  /** E.164 numbers of the account; the first one serves as its caller ID. */
  numbers?: { phoneNumber: string; voiceUrl?: string; voiceFallbackUrl?: string; statusCallback?: string }[];
}

/** A value that cannot be right; the message says what to do. */
export class AccountError extends Error {}

/** An account with what was given, and made-up values for the rest. @throws {AccountError} */
export function createAccount(options: AccountOptions = {}): Account {
  const accountSid = options.accountSid ?? newSid('AC');
  const authToken = options.authToken ?? randomBytes(16).toString('hex');
  const apiKey = options.apiKey ?? { sid: newSid('SK'), secret: randomBytes(16).toString('hex') };
  const applicationSid = options.application?.sid ?? newSid('AP');

  requireSid('AC', accountSid, 'account SID');
  requireSid('SK', apiKey.sid, 'API key');
  requireSid('AP', applicationSid, 'application SID');
  if (!/^[0-9a-f]{32}$/.test(authToken)) throw new AccountError('The auth token must be 32 lower-case hex digits.');
  if (!apiKey.secret) throw new AccountError('The API key needs its secret.');

  const application: Application = {
    sid: applicationSid,
    friendlyName: 'Sandbox application',
    voiceUrl: options.application?.voiceUrl ?? '',
    voiceMethod: 'POST',
    voiceFallbackUrl: options.application?.voiceFallbackUrl ?? '',
    statusCallback: options.application?.statusCallback ?? '',
    statusCallbackMethod: 'POST',
  };
  const numbers = (options.numbers ?? [{ phoneNumber: DEFAULT_NUMBER }]).map(incomingNumber);
  return {
    accountSid,
    authToken,
    apiKeys: new Map([[apiKey.sid, { ...apiKey, friendlyName: 'Sandbox key' }]]),
    applications: new Map([[application.sid, application]]),
    numbers: new Map(numbers.map((number) => [number.phoneNumber, number])),
  };
}

function requireSid(prefix: string, sid: string, what: string): void {
  if (!new RegExp(`^${prefix}[0-9a-f]{32}$`).test(sid)) {
    throw new AccountError(`The ${what} must be ${prefix} and 32 lower-case hex digits.`);
  }
}

function incomingNumber(number: NonNullable<AccountOptions['numbers']>[number]): IncomingNumber {
  if (!/^\+[1-9]\d{6,14}$/.test(number.phoneNumber)) {
    throw new AccountError(`"${number.phoneNumber}" is not a number in international form, like ${DEFAULT_NUMBER}.`);
  }
  return {
    sid: newSid('PN'),
    phoneNumber: number.phoneNumber,
    friendlyName: number.phoneNumber,
    voiceUrl: number.voiceUrl ?? '',
    voiceMethod: 'POST',
    voiceFallbackUrl: number.voiceFallbackUrl ?? '',
    statusCallback: number.statusCallback ?? '',
  };
}
