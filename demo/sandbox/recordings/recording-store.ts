import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../media/wav.ts';
import { SAMPLE_RATE } from '../ports.ts';
import { newSid } from '../sid.ts';
import type { AudioLines, AudioSource } from '../switch/audio-line.ts';
import type { RecordingEvent } from '../twiml/verbs.ts';
import { mixDown, type PauseBehavior, Recorder } from './recorder.ts';
import type { Recording } from './recording.ts';
import { trimSilence } from './trim-silence.ts';

export interface RecordingPlan {
  callSid: string;
  source: Recording['source'];
  /** Whose voices, in the order of the channels. */
  voices: readonly AudioSource[];
  /** All voices in one channel. */
  mono: boolean;
  trim: boolean;
  /** Hears of every step, the last one when the file is there. */
  report: (event: RecordingEvent, recording: Recording) => void;
}

export interface RunningRecording {
  recording: Recording;
  pause(behavior: PauseBehavior): void;
  resume(): void;
  /** Ends it, once; the duration is known from then on. A recording without any audio is `absent`. */
  stop(): void;
}

/** Recordings as WAV files in a directory of their own that goes away with the sandbox. */
export class RecordingStore {
  readonly #directory = mkdtempSync(join(tmpdir(), 'almasar-sandbox-'));
  readonly #recordings = new Map<string, Recording>();
  readonly #running = new Set<RunningRecording>();
  readonly #writing = new Set<Promise<void>>();
  readonly #lines: AudioLines;
  readonly #accountUrl: string;

  /** `accountUrl` is where the REST API serves the account. */
  constructor(lines: AudioLines, accountUrl: string) {
    this.#lines = lines;
    this.#accountUrl = accountUrl;
  }

  start({ callSid, source, voices, mono, trim, report }: RecordingPlan): RunningRecording {
    const now = new Date();
    const recording: Recording = {
      sid: newSid('RE'),
      callSid,
      status: 'in-progress',
      source,
      channels: mono || voices.length === 1 ? 1 : 2,
      startTime: now,
      updatedAt: now,
      seconds: -1,
    };
    this.#recordings.set(recording.sid, recording);
    const recorder = new Recorder(this.#lines, voices);
    report('in-progress', recording);

    const stop = (): void => {
      if (!this.#running.delete(running)) return;
      const recorded = recorder.stop();
      const trimmed = trim ? trimSilence(recorded) : recorded;
      const samples = trimmed[0]?.length ?? 0;
      recording.updatedAt = new Date();
      if (samples === 0) {
        recording.status = 'absent';
        report('absent', recording);
        return;
      }
      recording.status = 'processing';
      recording.seconds = Math.round(samples / SAMPLE_RATE);
      const written = this.#write(recording, mono ? [mixDown(trimmed)] : trimmed, report);
      this.#writing.add(written);
      void written.finally(() => this.#writing.delete(written));
    };
    const become = (status: 'in-progress' | 'paused'): void => {
      recording.status = status;
      recording.updatedAt = new Date();
    };
    const running: RunningRecording = {
      recording,
      pause: (behavior) => {
        recorder.pause(behavior);
        become('paused');
      },
      resume: () => {
        recorder.resume();
        become('in-progress');
      },
      stop,
    };
    this.#running.add(running);
    return running;
  }

  /** Those that are being made of one call, paused or not. */
  runningOf(callSid: string): RunningRecording[] {
    return [...this.#running].filter(({ recording }) => recording.callSid === callSid);
  }

  find(sid: string): Recording | undefined {
    return this.#recordings.get(sid);
  }

  list(): Recording[] {
    return [...this.#recordings.values()];
  }

  async delete(sid: string): Promise<void> {
    const recording = this.#recordings.get(sid);
    if (!recording) return;
    this.#recordings.delete(sid);
    await rm(this.fileOf(recording), { force: true });
  }

  fileOf(recording: Recording): string {
    return join(this.#directory, `${recording.sid}.wav`);
  }

  /** The RecordingUrl of webhooks: without an extension. */
  urlOf(recording: Recording): string {
    return `${this.#accountUrl}/Recordings/${recording.sid}`;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#writing);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** A recording whose file cannot be kept is absent. */
  async #write(recording: Recording, channels: Int16Array[], report: RecordingPlan['report']): Promise<void> {
    try {
      await writeFile(this.fileOf(recording), encodeWav(channels));
      recording.status = 'completed';
    } catch {
      recording.status = 'absent';
    }
    recording.updatedAt = new Date();
    report(recording.status === 'completed' ? 'completed' : 'absent', recording);
  }
}
