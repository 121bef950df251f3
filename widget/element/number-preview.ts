import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { CalledNumber } from '../called-number.ts';
import type { CallPartHost } from './call-part.ts';
import { dialString, spaced } from './dial-string.ts';
import { numberPreview as styles } from './styles/number-preview.ts';
import type { FullFace } from './views/face.ts';
import { wear } from './views/talk-drawing.ts';

const ID = 'as-called';

export type LoadCalledNumber = (country: string) => Promise<CalledNumber>;

const load: LoadCalledNumber = async (country) => (await import('../called-number.ts')).loadCalledNumber(country);

/** A number that is written as one dials it at home, as it will be called: nobody reaches another country by mistake. */
export class NumberPreview implements ReactiveController {
  readonly #host: CallPartHost;
  readonly #load: LoadCalledNumber;
  #country: string | undefined;
  #called: CalledNumber | undefined;

  constructor(host: CallPartHost, loadCalled = load) {
    this.#host = host;
    this.#load = loadCalled;
    wear(host, styles);
    host.addController(this);
  }

  /** Read with the field, and not at each digit. */
  hostUpdated(): void {
    this.#host.shadowRoot?.querySelector('[part="field"]')?.setAttribute('aria-describedby', ID);
  }

  /** Nothing while there is no number of the country yet, or it is written in full. */
  draw({ state, desk }: FullFace, label: string): TemplateResult[] {
    const number = dialString(desk.draft);
    if (state.phase !== 'idle' || !number || number.startsWith('+')) return [];
    this.#follow();
    const to = this.#called?.(number);
    if (!to) return [];
    return [html`<p id=${ID} class="as-called">${`${label}\u00a0`}<bdi dir="ltr">${spaced(to)}</bdi></p>`];
  }

  #follow(): void {
    const country = this.#host.settings?.defaultCountry.trim().toUpperCase();
    if (!country || country === this.#country) return;
    this.#country = country;
    this.#called = undefined;
    void this.#fetch(country);
  }

  async #fetch(country: string): Promise<void> {
    try {
      const called = await this.#load(country);
      if (country !== this.#country) return;
      this.#called = called;
      this.#host.requestUpdate();
    } catch {
      // The next digit asks again.
      if (country === this.#country) this.#country = undefined;
    }
  }
}
