import { html, type TemplateResult } from 'lit';
import type { Reach } from '../../core/reach.ts';
import type { Language } from '../../locales/load-locale.ts';
import type { Verdict } from '../../locales/messages.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import type { Desk } from '../desk.ts';
import { CLOSE } from '../first-icons.ts';
import type { PageLanguage } from '../page-language.ts';
import { panelWords } from '../panels/panels.ts';
import { asides as styles } from '../styles/asides.ts';
import { banner } from '../views/banner.ts';
import type { CallFace, FullFace } from '../views/face.ts';
import { wear } from '../views/talk-drawing.ts';
import { SideNotes } from '../side-notes.ts';
import { AgentLevel } from './agent-level.ts';
import { bar, expandButton } from './bar.ts';
import { CallerIdChoice } from './caller-id-choice.ts';
import { CallBackNote } from './call-backs.ts';
import { SupportCopy, supportCopyStyles } from '../panels/support-copy.ts';
import { foundDevice } from './found-device.ts';
import { refusalNote, refusalOf } from './refusal.ts';
import { mutedBar } from './muted.ts';
import { PagePaste } from './page-paste.ts';
import { PagePolicy } from './page-policy.ts';
import { copying, reasonOf, remedy, ringRefused, unreachable, type Known } from './remedy.ts';
import { recorder, recordingMark } from './recorder.ts';
import { RecordingPause } from './recording-pause.ts';
import { pressing, type Told } from './told.ts';

/** Reached, or on the way to it: who is away can call all the same. */
const CALLS: ReadonlySet<Reach> = new Set(['off', 'ready', 'away', 'connecting']);

/** Between calls, what is wrong is said alone: with the rows that wait for it, the last keys would lie below the edge. */
function isTroubled({ state }: FullFace): boolean {
  return state.phase === 'idle' && (state.problem !== null || !CALLS.has(state.reach));
}

/**
 * What is said aside, in a chunk that is fetched after all that a call needs: a call in little room (the pill, the foot
 * of a panel) with what nobody may miss, numbers that were not called, what helps with trouble, and notes beside calls.
 */
export class Asides {
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  #words: PanelMessages | undefined;
  #key: readonly unknown[] = [];
  #loading: Promise<void> | undefined;
  #copy: SupportCopy;
  readonly #policy: PagePolicy;
  readonly #side: SideNotes;
  readonly #pause: RecordingPause;
  readonly #level: AgentLevel;
  readonly #callerId: CallerIdChoice;
  readonly #callBacks: CallBackNote;
  #mutedAt: number | undefined;
  #callId: string | undefined;

  constructor(host: CallPartHost, desk: Desk, language: PageLanguage) {
    this.#host = host;
    this.#desk = desk;
    this.#language = language;
    this.#copy = new SupportCopy(host);
    this.#policy = new PagePolicy(host);
    this.#side = new SideNotes(host, language);
    this.#pause = new RecordingPause(host);
    this.#level = new AgentLevel(host);
    this.#callerId = new CallerIdChoice(host);
    this.#callBacks = new CallBackNote(host);
    host.addController(new PagePaste(host, desk));
    wear(host, styles);
    wear(host, supportCopyStyles);
  }

  /** Settles when the words that were asked for last are there, or could not be fetched. */
  get ready(): Promise<void> {
    return this.#loading ?? Promise.resolve();
  }

  /** To be called before every update. */
  follow(): void {
    const { state, messages } = this.#host;
    // What is called now is no more to be called.
    if (state.phase === 'dialing') this.#desk.refused = undefined;
    if (state.call?.callId !== this.#callId) this.#copy = new SupportCopy(this.#host);
    this.#callId = state.call?.callId;
    this.#mutedAt = state.call?.muted ? (this.#mutedAt ?? Date.now()) : undefined;
    // Out of the page it is drawn, too: what `rest()` has let go of is not taken up there.
    if (this.#host.isConnected) {
      this.#policy.follow(this.#language.words);
      this.#level.follow();
    }
    this.#side.follow();
    this.#pause.follow();
    this.#callerId.follow();
    this.#callBacks.follow();
    const { language } = this.#language;
    if (language === this.#key[0] && messages === this.#key[1]) return;
    this.#key = [language, messages];
    this.#loading = this.#load(language, this.#key);
  }

  async #load(language: Language, key: readonly unknown[]): Promise<void> {
    try {
      const words = await panelWords(this.#host, language);
      if (key !== this.#key) return await this.ready;
      this.#words = words;
      this.#host.requestUpdate();
    } catch {
      // The next update asks again.
      this.#key = [];
    }
  }

  /** The element is out of the page. */
  rest(): void {
    this.#policy.close();
    this.#level.rest();
    this.#callerId.rest();
    this.#callBacks.rest();
  }

  /** Null until the words are there. */
  get #known(): Known | null {
    const words = this.#words;
    return words ? { words, refused: this.#policy.refused, copy: this.#copy } : null;
  }

  readonly #forget = (): void => {
    this.#desk.refused = undefined;
    this.#host.requestUpdate();
  };

  #refusal(face: FullFace): Told | null {
    return this.#words ? refusalOf(face, this.#words) : null;
  }

  #told(face: FullFace): readonly Told[] {
    return [pressing(face), this.#failure, this.#refusal(face)].filter((each) => each !== null);
  }

  get #failure(): Told | null {
    return this.#words ? this.#pause.failure(this.#words) : null;
  }

  #mark(face: CallFace): unknown {
    return recordingMark(face, this.#words?.asides.recording, true);
  }

  /** The element made small between calls; null until the words are there. */
  launcher(face: FullFace): TemplateResult | null {
    return this.#words ? this.#callBacks.pill(face, this.#words) : null;
  }

  /** The element made small during a call. */
  pill(face: CallFace): TemplateResult {
    const open = () => {
      face.desk.closePanel();
      face.toggleCollapsed();
    };
    return bar(face, this.#told(face), open, { mark: this.#mark(face), end: expandButton(face, face.toggleCollapsed) });
  }

  /** The call below a panel. */
  foot(face: CallFace): TemplateResult {
    return bar(face, this.#told(face), face.desk.closePanel, { mark: this.#mark(face) });
  }

  /** While the agent is muted in a conversation. */
  muted(face: CallFace): TemplateResult | undefined {
    const talking = face.state.phase === 'open' || face.state.phase === 'reconnecting';
    return talking && this.#mutedAt ? mutedBar(face, this.#mutedAt) : undefined;
  }

  /** The mark of the recording and what pauses it; above the keypad only while it is paused. */
  recording(face: CallFace): unknown {
    const { call, desk } = face;
    if (desk.keypad && !call.recordingPaused) return undefined;
    return recorder(face, this.#words?.asides.recording, this.#pause);
  }

  /** After what else there is to say, which is more pressing. */
  notes(face: FullFace): readonly TemplateResult[] {
    const words = this.#words;
    if (!words) return [];
    const [failure, refusal] = [this.#failure, refusalOf(face, words)];
    const close = html`<button class="icon" aria-label=${face.t.close} @click=${this.#pause.forget}>${CLOSE}</button>`;
    const waits = isTroubled(face);
    return [
      ...(failure ? [banner(failure, close)] : []),
      ...(refusal ? [refusalNote(face, refusal, this.#forget)] : []),
      ...this.#side.draw(face, words),
      ...(face.missing || waits ? [] : this.#callerId.draw(face, words.side.callerId, this.#language.language)),
      ...(waits ? [] : this.#callBacks.draw(face, words)),
    ];
  }

  /** What is offered with a device that has come. */
  found(face: FullFace, device: string): unknown {
    return this.#words && foundDevice(face, device, this.#words);
  }

  /** In place of the plain word that no call reaches the agent; null when no more is known. */
  unreachable(face: FullFace): TemplateResult | null {
    return this.#known && unreachable(face, this.#known);
  }

  /** Where it is the page's policy that mutes the ringtone, and no click lets it sound; null where it is the browser. */
  ringBlocked({ t }: FullFace): TemplateResult | null {
    return this.#policy.refusedSound ? ringRefused(t, this.#policy.refusedSound) : null;
  }

  /** In place of the phone's verdict on a call; null when no more is known. */
  reason(face: FullFace): Verdict | null {
    return this.#known && reasonOf(face, this.#known);
  }

  /** Below the verdict on a call that failed. */
  remedy(face: CallFace): TemplateResult | null {
    return this.#known && face.state.problem ? remedy(face, this.#known) : null;
  }

  /** The same beside a note, where there is room for an icon. */
  copying(face: CallFace): TemplateResult | null {
    return this.#known && copying(face, this.#known, false);
  }

  /** Said at once: with a customer who calls, the way to the phone; in a call, that its recording is not as asked. */
  alert({ state }: FullFace): string {
    if (!this.#words) return '';
    if (state.phase === 'incoming') return this.#side.wayHere(this.#words);
    const failure = this.#failure;
    return failure ? `${failure.title}. ${failure.advice}` : '';
  }

  /** What is to be heard politely in place of the phone's own state; empty when that is. */
  heard(face: FullFace): string {
    if (!this.#words) return '';
    const refusal = refusalOf(face, this.#words);
    if (refusal) return `${refusal.title}. ${refusal.advice}`;
    return (
      this.#callerId.heard(face, this.#words.side.callerId) ||
      this.#pause.heard(this.#words) ||
      this.#callBacks.heard(this.#words)
    );
  }
}
