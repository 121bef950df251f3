import { recordingFields } from '../recordings/recording.ts';
import { recordingReport } from '../recordings/recording-callback.ts';
import type { RunningRecording } from '../recordings/recording-store.ts';
import type { Leg } from '../switch/leg.ts';
import type { Dial } from '../twiml/verbs.ts';
import type { VerbRun } from './verb-run.ts';

/** The recording of a `<Dial record>`: the caller left; the called party right, and before it answers what the caller hears. */
export class DialRecording {
  readonly #dial: Dial;
  readonly #run: VerbRun;
  #child: Leg | undefined;
  #running: RunningRecording | undefined;

  constructor(dial: Dial, run: VerbRun) {
    this.#dial = dial;
    this.#run = run;
    if (dial.record.startsWith('record-from-ringing')) this.#start();
  }

  /** Ends with whichever side leaves first, before that side's status callback is sent. */
  answeredBy(child: Leg): void {
    this.#child = child;
    if (this.#dial.record.startsWith('record-from-answer')) this.#start();
    child.recording = this.#running?.recording;
    child.ended.addEventListener('abort', () => this.stop());
  }

  stop(): void {
    this.#running?.stop();
  }

  /** For the action; nothing when nothing was recorded. */
  fields(): Record<string, string> {
    if (!this.#running || this.#running.recording.status === 'absent') return {};
    return recordingFields(this.#running.recording, this.#run.parts.recordings);
  }

  #start(): void {
    const { leg, parts, signal } = this.#run;
    this.#running = parts.recordings.start({
      callSid: leg.sid,
      source: 'DialVerb',
      voices: [() => leg.line?.said, () => (this.#child ? this.#child.line?.said : leg.line?.heard)],
      mono: !this.#dial.record.endsWith('-dual'),
      trim: this.#dial.trim,
      report: recordingReport(this.#dial.recordingCallback, parts),
    });
    signal.addEventListener('abort', () => this.stop());
  }
}
