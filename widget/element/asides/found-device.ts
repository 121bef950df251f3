import { html, nothing, type TemplateResult } from 'lit';
import type { Audio } from '../../core/audio.ts';
import type { Dialer } from '../../core/dialer.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { FullFace } from '../views/face.ts';

/** What the two halves of a headset share: `Headset Microphone (Jabra)` and `Headset Earphone (Jabra)`. */
function productOf(label: string): string {
  const at = label.indexOf('(');
  return at < 0 ? label : label.slice(at);
}

/** A headset is both; of the same name the system's comes first, and tomorrow it is another. False: not listed yet. */
function choose(audio: Audio, found: string): boolean {
  const { microphones, speakers } = audio.getState();
  const microphone = microphones.filter(({ label }) => label === found).at(-1);
  const isIts = (label: string) => (microphone ? productOf(label) === productOf(found) : label === found);
  const speaker = speakers.filter(({ label }) => isIts(label)).at(-1);
  if (microphone) audio.choose('microphone', microphone.id);
  if (speaker) audio.choose('speaker', speaker.id);
  return Boolean(microphone ?? speaker);
}

async function use(dialer: Dialer, found: string): Promise<void> {
  const audio = await dialer.audio();
  if (!choose(audio, found)) {
    const stop = audio.subscribe(() => {
      if (choose(audio, found)) stop();
    });
  }
  dialer.dismissNotice();
}

/** Puts the call on a device that has come; nothing where the phone is in its own window, whose devices are not this page's. */
export function foundDevice(
  { dialer, state }: FullFace,
  found: string,
  { asides }: PanelMessages,
): TemplateResult | typeof nothing {
  if (!dialer || state.place === 'phone-window') return nothing;
  // Its script could not be fetched: the notice says where else.
  const press = () => void use(dialer, found).catch(() => {});
  return html`<br /><button class="slim how" @click=${press}>${asides.useDevice}</button>`;
}
