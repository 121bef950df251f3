import type { TestService } from './test-service.ts';

export const CUSTOMER = '+201001234500';

/** A customer calls; the TwiML that the service answers. */
export async function callIn(
  service: TestService,
  callSid: string,
  from = CUSTOMER,
  to = '+20224610000',
): Promise<string> {
  const fields = { CallSid: callSid, From: from, To: to, Direction: 'inbound', CallStatus: 'ringing' };
  const answer = await service.asCarrier('/api/calls/twiml/inbound', fields);
  if (answer.status !== 200) throw new Error(`inbound refused: ${answer.status}`);
  return answer.text();
}

/** The id that the phones of this call were told. */
export function callIdIn(twiml: string): string {
  const [, callId] = /<Parameter name="CallId" value="([^"]+)"/.exec(twiml) ?? [];
  if (!callId) throw new Error(`no phone rings: ${twiml}`);
  return callId;
}

/** A status callback of the leg that rings an agent. */
export function legStatus(
  service: TestService,
  parent: string,
  identity: string,
  status: string,
  more: Record<string, string> = {},
): Promise<Response> {
  return service.asCarrier('/api/calls/webhook/status', {
    CallSid: `CA${Buffer.from(identity.padEnd(16, '.')).toString('hex').slice(0, 32)}`,
    ParentCallSid: parent,
    CallStatus: status,
    To: `client:${identity}`,
    ...more,
  });
}
