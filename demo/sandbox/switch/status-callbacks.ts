import { recordingFields } from '../recordings/recording.ts';
import type { CallEvent, StatusCallback } from '../twiml/verbs.ts';
import { callFields } from './call-fields.ts';
import type { CallStatus, Leg } from './leg.ts';
import type { Parts } from './parts.ts';

const EVENT_OF: Record<CallStatus, CallEvent | undefined> = {
  queued: undefined,
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'completed',
  failed: 'completed',
  'no-answer': 'completed',
  canceled: 'completed',
};

/**
 * Reports a leg's progress from now on. Events are numbered as they fire and sent as requests of their own, none of
 * them waiting for another (Twilio: TwiML Number, statusCallbackEvent).
 */
export function reportStatus(leg: Leg, callback: StatusCallback, parts: Parts): void {
  let sequence = 0;
  leg.watch(() => {
    const event = EVENT_OF[leg.status];
    if (!event || !callback.events.includes(event)) return;
    const fields = {
      ...callFields(leg, parts.account.accountSid),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence++),
      Timestamp: leg.updatedAt.toUTCString().replace('GMT', '+0000'),
      ...(event === 'completed' && endFields(leg, parts)),
    };
    parts.webhooks.send({ url: callback.url, method: callback.method, fields }).catch((error: Error) => {
      parts.log({ level: 'warning', code: 15003, callSid: leg.sid, message: `Status callback: ${error.message}` });
    });
  });
}

/** CallDuration counts seconds, Duration begun minutes. */
function endFields(leg: Leg, parts: Parts): Record<string, string> {
  return {
    CallDuration: String(leg.seconds),
    Duration: String(Math.ceil(leg.seconds / 60)),
    ...(leg.address.parent && { SipResponseCode: String(leg.sipResponseCode) }),
    ...(leg.recording && leg.recording.status !== 'absent' && recordingFields(leg.recording, parts.recordings)),
  };
}
