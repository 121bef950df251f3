import { rms } from '../media/level.ts';
import { tone } from '../media/tones.ts';
import { FRAME_MS } from '../ports.ts';
import { recordingFields } from '../recordings/recording.ts';
import { recordingReport } from '../recordings/recording-callback.ts';
import { AUDIBLE } from '../recordings/trim-silence.ts';
import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import type { RecordVerb } from '../twiml/verbs.ts';
import { callFields } from '../switch/call-fields.ts';
import { KeyPresses } from './key-presses.ts';
import { actionRequest, type Next, type VerbRun } from './verb-run.ts';

const BEEP = tone(1000, 500);

/** Records the caller until a key, a silence, the longest time or the hang-up. Nothing said, nothing recorded. */
export async function runRecord(record: RecordVerb, run: VerbRun): Promise<Next> {
  const { leg, parts, signal } = run;
  leg.answer();
  if (record.playBeep) await leg.line?.play(BEEP, signal);
  if (signal.aborted) return undefined;

  const running = parts.recordings.start({
    callSid: leg.sid,
    source: 'RecordVerb',
    voices: [() => leg.line?.said],
    mono: true,
    trim: record.trim,
    report: recordingReport(record.recordingCallback, parts),
  });
  const key = await listenToTheEnd(record, leg, signal, parts);
  running.stop();
  if (running.recording.status === 'absent') return undefined;

  const digits = leg.ended.aborted ? 'hangup' : (key ?? '');
  const fields = { ...recordingFields(running.recording, parts.recordings), Digits: digits };
  const next = actionRequest(run, record.action, fields);
  if (!leg.ended.aborted) return next;
  if (next) tellAfterHangUp(next, leg, parts);
  return undefined;
}

async function listenToTheEnd(
  record: RecordVerb,
  leg: Leg,
  signal: AbortSignal,
  parts: Parts,
): Promise<string | undefined> {
  const quiet = new AbortController();
  let silentMs = 0;
  const stopMeasuring = parts.lines.tap(() => {
    const said = leg.line?.said;
    silentMs = said && rms(said) > AUDIBLE ? 0 : silentMs + FRAME_MS;
    if (record.timeoutSeconds > 0 && silentMs >= record.timeoutSeconds * 1000) quiet.abort();
  });
  const presses = new KeyPresses(leg);
  const over = AbortSignal.any([signal, quiet.signal, AbortSignal.timeout(record.maxLengthSeconds * 1000)]);
  try {
    for (;;) {
      const key = await presses.next(record.maxLengthSeconds * 1000, over);
      if (key === undefined || record.finishOnKey.includes(key)) return key;
    }
  } finally {
    stopMeasuring();
    presses.stop();
  }
}

/** The action is asked even when the caller has hung up; what it answers does not matter then. */
function tellAfterHangUp(next: NonNullable<Next>, leg: Leg, parts: Parts): void {
  if (!('url' in next)) return;
  const fields = { ...next.fields, ...callFields(leg, parts.account.accountSid) };
  parts.webhooks.send({ url: next.url, method: next.method, fields }).catch((error: Error) => {
    parts.log({ level: 'error', code: 11200, callSid: leg.sid, message: error.message });
  });
}
