import { setTimeout as delay } from 'node:timers/promises';
import type { AuditPage } from '../admin-contract.ts';
import type { CallRecord, RecordingLink } from '../contract.ts';
import type { MediaStub } from './media-stub.ts';
import { createLogger } from '../logger.ts';
import { crmToken, PARENT, placeCall, RECORDING, startTestService, type TestService } from './test-service.ts';

export const AUDIO = Buffer.from('RIFF: what the two of them said');

export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}

/** A service with one call, whose recording the stub has; background work is always in a hurry. */
export interface RecordedCall {
  service: TestService;
  callId: string;
  /** Moves the service's clock, which stands still, to so many milliseconds after its beginning. */
  moveTo(aheadMs: number): void;
  /** The carrier tells of a recording: that of the call, unless another is named. */
  told(status: string, recordingSid?: string, callSid?: string): Promise<Response>;
  /** As a supervisor, unless it says otherwise. */
  ask(path: string, role?: string, method?: string): Promise<Response>;
  statusNow(): Promise<string | undefined>;
  play(range?: string): Promise<Response>;
  /** Who deleted what, as an admin reads it. */
  deletions(): Promise<{ by: string; subject: string; after: unknown }[]>;
  /** How often the service has logged this, as a warning or worse. */
  logged(text: string): number;
}

export async function startRecordedCall(stub: MediaStub, settings: Record<string, string> = {}): Promise<RecordedCall> {
  // It stands still: what is tried again waits for the test, however slow the machine is.
  const began = Date.now();
  let aheadMs = 0;
  const lines: string[] = [];
  const logger = createLogger('warn', { destination: { write: (line: string) => lines.push(line) } });
  const service = await startTestService(
    { TWILIO_API_BASE_URL: stub.url, METRICS_TOKEN: 'whoever-reads-figures', ...settings },
    { clock: () => new Date(began + aheadMs), backgroundEveryMs: 50, logger },
  );
  stub.carrier.set(RECORDING, AUDIO);
  const { callId } = await placeCall(service);

  async function bearerOf(role: string): Promise<string> {
    const issuedAt = Math.floor((began + aheadMs) / 1000);
    return crmToken({ role, issuedAt, expiresAt: issuedAt + 300 });
  }
  async function ask(path: string, role = 'supervisor', method = 'GET'): Promise<Response> {
    return service.asAgent(`/api/calls/${callId}${path}`, { bearer: await bearerOf(role), method });
  }

  return {
    service,
    callId,
    ask,
    moveTo: (ms) => (aheadMs = ms),
    told: (status, recordingSid = RECORDING, callSid = PARENT) =>
      service.asCarrier('/api/calls/webhook/recording', {
        CallSid: callSid,
        RecordingSid: recordingSid,
        RecordingStatus: status,
        RecordingDuration: '20',
      }),
    statusNow: async () => ((await (await ask('')).json()) as CallRecord).recordings[0]?.status,
    async play(range) {
      const { url } = (await (await ask(`/recordings/${RECORDING}`)).json()) as RecordingLink;
      const headers = range === undefined ? {} : { range };
      return service.app.request(url.slice(service.config.publicUrl.length), { headers });
    },
    async deletions() {
      const answer = await service.asAgent('/api/calls/audit', { bearer: await bearerOf('admin') });
      const { entries } = (await answer.json()) as AuditPage;
      return entries
        .filter(({ action }) => action === 'recording-deleted')
        .map(({ agent, subject, after }) => ({ by: agent.id, subject, after }));
    },
    logged: (text) => lines.filter((line) => line.includes(text)).length,
  };
}
