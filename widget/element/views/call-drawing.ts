/** All that is drawn of calls and of trouble, in a chunk of its own: fetched when the page is idle, or when it is needed. */
import type { TemplateResult } from 'lit';
import type { Dialer } from '../../core/dialer.ts';
import type { Messages } from '../../locales/messages.ts';
import type { HomeForm } from '../../core/home-form.ts';
import type { Asides } from '../asides/asides.ts';
import { Attendant } from '../attention/attendant.ts';
import type { CallPartHost } from '../call-part.ts';
import { copyClean } from '../clean-copy.ts';
import type { ContactLookUp } from '../contact-look-up.ts';
import type { Desk } from '../desk.ts';
import type { Heard } from '../live-regions.ts';
import { MakesWay } from '../makes-way.ts';
import type { PageLanguage } from '../page-language.ts';
import { PanelSlot } from '../panel-slot.ts';
import type { PanelName } from '../panels/panel.ts';
import { showNumbersBy } from '../shown-number.ts';
import { calls } from '../styles/calls.ts';
import { ended, wantsWrapUp } from './ended.ts';
import { conversation } from './conversation.ts';
import type { Face, FullFace } from './face.ts';
import { heard } from './heard.ts';
import { idle } from './idle.ts';
import { incoming } from './incoming.ts';
import { launcher } from './launcher.ts';
import { notes } from './notes.ts';
import { panelFrame } from './panel-frame.ts';
import { plain } from './plain.ts';
import { setup } from './setup.ts';
import { wear } from './talk-drawing.ts';
import { waitingCall } from './waiting.ts';

/** Where a service may believe anybody: AUTH_MODE dev starts nowhere else. */
const DEVELOPERS = /^https?:\/\/(localhost|127\.|\[::1\])/;

/** The view of the phase. A phase without one does not compile. */
function bodyOf(face: FullFace, slot: PanelSlot): TemplateResult {
  const { state, missing, desk } = face;
  const { phase, call } = state;
  if (desk.panel) return panelFrame(face, slot);
  if (!call) return missing ? setup(face) : idle(face, notes(face));
  const inCall = { ...face, call };
  switch (phase) {
    case 'incoming':
      return incoming(inCall);
    case 'ended':
      return ended(inCall, slot);
    case 'idle':
    case 'dialing':
    case 'ringing':
    case 'open':
    case 'reconnecting':
    case 'ending':
      return conversation(inCall, {
        notes: notes(face),
        waiting: waitingCall(face),
        muted: face.asides?.muted(inCall),
        recording: face.asides?.recording(inCall),
      });
    default:
      return phase satisfies never;
  }
}

/** Draws calls for one element, and does what goes with them: looks up who calls, calls for attention, holds the panel. */
export class CallDrawing {
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  readonly #attendant = new Attendant();
  /** There once the page has a look-up. */
  #contacts: ContactLookUp | undefined;
  #loadingContacts: Promise<void> | undefined;
  #asides: Asides | undefined;
  #loadingAsides: Promise<void> | undefined;
  readonly #slot: PanelSlot;
  #service: string | undefined;
  #learntFrom: Dialer | undefined;

  constructor(host: CallPartHost, desk: Desk, language: PageLanguage) {
    this.#host = host;
    this.#desk = desk;
    this.#language = language;
    host.addController(new MakesWay(host));
    host.shadowRoot?.addEventListener('copy', (event) => copyClean(event as ClipboardEvent));
    this.#slot = new PanelSlot(host, desk, language);
    wear(host, calls);
  }

  /** Settles when what was wanted last is there, or could not be fetched. */
  get ready(): Promise<unknown> {
    return Promise.all([this.#slot.ready, this.#loadingContacts, this.#loadingAsides, this.#asides?.ready]);
  }

  /** To be called before every update, with the panel that the agent has opened. */
  follow(panel: PanelName | null, t: Messages): void {
    const { state, lookupContact } = this.#host;
    this.#loadingAsides ??= this.#loadAsides();
    if (lookupContact) this.#loadingContacts ??= this.#loadContacts();
    this.#contacts?.look();
    this.#asides?.follow();
    this.#mark();
    this.#learnHome();
    this.#attendant.follow(state, t);
    this.#slot.want(panel ?? (wantsWrapUp(state) ? 'wrap-up' : null));
  }

  #mark(): void {
    const service = this.#host.settings?.service;
    if (!service || service === this.#service) return;
    this.#service = service;
    if (!DEVELOPERS.test(new URL(service, document.baseURI).href)) return;
    import('../test-ribbon.ts').then(({ markTestService }) => markTestService(this.#host)).catch(() => {});
  }

  /** Until it is known, and where it cannot be, numbers of home are shown as those of any country. */
  #learnHome(): void {
    const { dialer } = this.#host;
    if (!dialer || dialer === this.#learntFrom) return;
    this.#learntFrom = dialer;
    const show = (form: HomeForm) => {
      showNumbersBy(form);
      this.#host.requestUpdate();
    };
    dialer.homeForm().then(show, () => {});
  }

  async #loadContacts(): Promise<void> {
    try {
      const { ContactLookUp } = await import('../contact-look-up.ts');
      this.#contacts = new ContactLookUp(this.#host);
      this.#contacts.look();
    } catch {
      // The next update asks again; a call goes on without the name.
      this.#loadingContacts = undefined;
    }
  }

  async #loadAsides(): Promise<void> {
    try {
      const { Asides } = await import('../asides/asides.ts');
      this.#asides = new Asides(this.#host, this.#desk, this.#language);
      this.#asides.follow();
      await this.#asides.ready;
      this.#host.requestUpdate();
    } catch {
      this.#loadingAsides = undefined;
    }
  }

  /** The element is out of the page. */
  rest(): void {
    this.#attendant.stop();
    this.#asides?.rest();
  }

  draw(face: Face<Messages>, collapsed: boolean): TemplateResult {
    const { call } = face.state;
    const asides = this.#asides;
    const full: FullFace = { ...face, asides, contactOf: (of) => this.#contacts?.of(of) };
    if (!collapsed) return bodyOf(full, this.#slot);
    if (!call) return asides?.launcher(full) ?? launcher(face);
    return asides?.pill({ ...full, call }) ?? plain(face, call);
  }

  heard(face: Face<Messages>): Heard {
    return heard({ ...face, asides: this.#asides, contactOf: () => undefined });
  }
}
