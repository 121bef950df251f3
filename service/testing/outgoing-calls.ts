import { randomUUID } from 'node:crypto';
import type { ErrorAnswer } from '../contract.ts';
import { crmToken, type TestService } from './test-service.ts';

/** The limits as they are where nothing is configured. */
export const STANDARD_LIMITS = {
  CALLS_AT_ONCE_AGENT: undefined,
  CALLS_AT_ONCE: undefined,
  CALLS_PER_MINUTE_AGENT: undefined,
  CALLS_PER_HOUR_AGENT: undefined,
  CALLS_PER_DAY_AGENT: undefined,
  CALLS_PER_HOUR_NUMBER: undefined,
};

export const newSid = () => `CA${randomUUID().replaceAll('-', '')}`;

/** An Egyptian mobile number, another for each index. */
export const mobile = (index: number) => `+2010${String(10_000_000 + index)}`;

export interface Asked {
  callId: string;
  status: number;
  /** Of the refusal; undefined for none. */
  code: string | undefined;
}

/** An agent's browser asks for a call; `at` where the service's clock is not the true one. */
export async function askToCall(
  service: TestService,
  to: string,
  sub = 'mona',
  { callId = randomUUID(), at = new Date() }: { callId?: string; at?: Date } = {},
): Promise<Asked> {
  const issuedAt = Math.floor(at.getTime() / 1000);
  const bearer = await crmToken({ sub, issuedAt, expiresAt: issuedAt + 300 });
  const answer = await service.asAgent('/api/calls', { bearer, method: 'POST', body: { callId, to } });
  const body = (await answer.json()) as Partial<ErrorAnswer>;
  return { callId, status: answer.status, code: body.code };
}

/** The carrier asks what to do with the browser's call. */
export async function twimlOf(service: TestService, callId: string, sub = 'mona', callSid = newSid()): Promise<string> {
  const fields = { CallSid: callSid, From: `client:${sub}`, CallId: callId, To: '', Direction: 'inbound' };
  const answer = await service.asCarrier('/api/calls/twiml/outbound', fields);
  if (answer.status !== 200) throw new Error(`the carrier got ${answer.status}`);
  return answer.text();
}

/** The carrier reports the end of an agent's leg, and with `seconds` of a conversation. */
export async function endCall(service: TestService, callSid: string, seconds?: number): Promise<void> {
  const child = `CA${callSid.slice(2).split('').toReversed().join('')}`;
  if (seconds !== undefined) {
    await service.asCarrier('/api/calls/webhook/status', {
      CallSid: child,
      ParentCallSid: callSid,
      CallStatus: 'completed',
      CallDuration: String(seconds),
    });
  }
  await service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
}

export const dials = (twiml: string) => twiml.includes('<Dial');
