import { setTimeout as delay } from 'node:timers/promises';
import type { CallLog, Clock } from '../calls/ports.ts';
import type { RecordingEncryption } from '../calls/recordings.ts';
import type { Logger } from '../logger.ts';
import type { RestClient } from './rest-client.ts';
import { recordingFact, restRecording } from './rest-facts.ts';
import { askFor } from './rest-legs.ts';

/** Somebody waits to listen: what the carrier does not say by then does not keep them from it. */
const ANSWER_WITHIN_MS = 2000;
const MOST_KNOWN = 10_000;

export interface RecordingEncryptionOptions {
  rest: RestClient;
  log: CallLog;
  clock: Clock;
  logger: Logger;
}

/**
 * Whether an account's own key encrypts its recordings: no callback says so, only the Recording resource
 * (`encryption_details`). Asked when somebody is about to listen, and kept in the log where it is so.
 */
export function createRecordingEncryption({
  rest,
  log,
  clock,
  logger,
}: RecordingEncryptionOptions): RecordingEncryption {
  const plain = new Set<string>();

  async function surelyIsEncrypted(callSid: string, recordingSid: string): Promise<boolean> {
    if (plain.has(recordingSid)) return false;
    const found = await askFor(rest, restRecording, `Recordings/${recordingSid}.json`);
    const now = clock().toISOString();
    const fact = found && recordingFact(found, callSid, now);
    if (fact?.encrypted) {
      await log.append(fact, now);
      return true;
    }
    if (plain.size >= MOST_KNOWN) plain.clear();
    if (fact && fact.status !== 'in-progress') plain.add(recordingSid);
    return false;
  }

  return {
    surelyIsEncrypted,
    async isEncrypted(callSid, recordingSid) {
      const asked = surelyIsEncrypted(callSid, recordingSid).catch((error: unknown) => {
        logger.warn({ err: error, recordingSid }, 'the carrier could not be asked whether a recording is encrypted');
        return false;
      });
      return Promise.race([asked, delay(ANSWER_WITHIN_MS, false, { ref: false })]);
    },
  };
}
