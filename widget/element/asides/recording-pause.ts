import type { RecordingPauseResult } from '../../core/dialer.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import { AlmasarRecordingEvent } from './recording-event.ts';
import type { Told } from './told.ts';

/** The service's answer is followed by its news of the call at once; without them nobody may rely on it. */
const NEWS_MS = 5000;

type Failure = Exclude<RecordingPauseResult, 'done'>;

/**
 * The pause of a recording, as it is asked for here and told by the service: only the state says that it is done,
 * whoever asked.
 */
export class RecordingPause {
  readonly #host: CallPartHost;
  #callId: string | undefined;
  #paused = false;
  /** What was asked for and has not come about yet. */
  #wanted: boolean | undefined;
  /** The answer to that is still under way. A service that hangs may answer in the next call, of which it is not. */
  #asking = false;
  #failure: Failure | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  /** The last that was told of the call is its recording: that is what is heard, and nothing of before. */
  #isNews = false;
  #moment = '';

  constructor(host: CallPartHost) {
    this.#host = host;
  }

  get wanted(): boolean | undefined {
    return this.#wanted;
  }

  /** To be called before every update. */
  follow(): void {
    const { phase, call } = this.#host.state;
    if (call?.callId !== this.#callId) {
      this.#callId = call?.callId;
      this.#wanted = this.#failure = undefined;
      this.#paused = this.#isNews = this.#asking = false;
      clearTimeout(this.#late);
    }
    const moment = `${phase} ${call?.muted}`;
    if (moment !== this.#moment) this.#isNews = false;
    this.#moment = moment;
    if (!call || call.recordingPaused === this.#paused) return;
    const { callId, number, name, direction, recordingPaused: paused } = call;
    this.#paused = paused;
    this.#isNews = true;
    this.#failure = undefined;
    if (this.#wanted === paused) this.#wanted = undefined;
    this.#host.dispatchEvent(new AlmasarRecordingEvent({ callId, number, name, direction, paused }));
  }

  /** Asks for the other: to pause, or to record on. Once the service has answered, also for the same again. */
  readonly toggle = async (): Promise<void> => {
    const { dialer, state } = this.#host;
    if (this.#asking || !dialer || !state.call) return;
    const { callId, recordingPaused } = state.call;
    this.#wanted = !recordingPaused;
    this.#asking = true;
    this.#failure = undefined;
    this.#host.requestUpdate();
    // Its script could not be fetched.
    const result = await dialer.pauseRecording(this.#wanted).catch(() => 'service-away' as const);
    if (callId !== this.#callId) return;
    this.#asking = false;
    clearTimeout(this.#late);
    if (result === 'done') this.#late = setTimeout(() => this.#fail(callId, 'service-away'), NEWS_MS);
    else this.#fail(callId, result);
    this.#host.requestUpdate();
  };

  #fail(callId: string, failure: Failure): void {
    if (callId !== this.#callId || this.#wanted === undefined) return;
    this.#wanted = undefined;
    this.#failure = failure;
    this.#host.requestUpdate();
  }

  readonly forget = (): void => {
    this.#failure = undefined;
    this.#host.requestUpdate();
  };

  /** What was asked for and not done; null when there is no such thing. */
  failure({ asides }: PanelMessages): Told | null {
    const { state } = this.#host;
    if (!this.#failure || (state.phase !== 'open' && state.phase !== 'reconnecting')) return null;
    const { failures, stillRecording, stillPaused, notRunning } = asides.recording;
    if (this.#failure === 'not-running') return { ...notRunning, trouble: true };
    const title = state.call?.recordingPaused ? stillPaused : stillRecording;
    return { title, advice: failures[this.#failure], trouble: true };
  }

  /** To be heard once it has happened; empty after something else has. */
  heard({ asides }: PanelMessages): string {
    if (!this.#isNews) return '';
    return this.#paused ? asides.recording.heardPaused : asides.recording.heardResumed;
  }
}
