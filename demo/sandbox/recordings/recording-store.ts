import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../media/wav.ts';
import { SAMPLE_RATE } from '../ports.ts';

export interface RecordingResource {
  sid: string;
  callSid: string;
  status: 'in-progress' | 'completed' | 'absent';
  channels: number;
  source: 'DialVerb' | 'RecordVerb';
  startTime: Date;
  /** Whole seconds; null until it is completed. */
  duration: number | null;
}

/** Recordings and their media, the latter as files in a folder that goes with the sandbox. */
export class RecordingStore {
  readonly #directory = mkdtempSync(join(tmpdir(), 'almasar-sandbox-'));
  readonly #recordings = new Map<string, RecordingResource>();

  open(recording: RecordingResource): void {
    this.#recordings.set(recording.sid, recording);
  }

  /** Keeps the media; a recording without any audio becomes `absent`. */
  complete(recording: RecordingResource, channels: Int16Array[]): void {
    const samples = channels[0]?.length ?? 0;
    recording.status = samples > 0 ? 'completed' : 'absent';
    recording.duration = Math.round(samples / SAMPLE_RATE);
    recording.channels = channels.length;
    if (samples > 0) writeFileSync(this.#path(recording.sid), encodeWav(channels));
  }

  list(): RecordingResource[] {
    return [...this.#recordings.values()].reverse();
  }

  get(sid: string): RecordingResource | undefined {
    return this.#recordings.get(sid);
  }

  media(sid: string): Buffer | undefined {
    return this.#recordings.get(sid)?.status === 'completed' ? readFileSync(this.#path(sid)) : undefined;
  }

  delete(sid: string): boolean {
    rmSync(this.#path(sid), { force: true });
    return this.#recordings.delete(sid);
  }

  close(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #path(sid: string): string {
    return join(this.#directory, `${sid}.wav`);
  }
}
