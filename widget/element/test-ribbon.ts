import { css, type LitElement } from 'lit';
import type { SettingsAnswer } from '../../service/contract.ts';
import type { DialerSettings } from '../core/dialer.ts';
import type { FirstMessages } from '../locales/messages.ts';

/** Fetched on developers' machines only, so it brings its own words. */
const WORDS = { ar: 'وضع التجربة', en: 'Test mode' };

const style = css`
  .test-mode {
    position: absolute;
    z-index: 1;
    inset-block-start: -11px;
    inset-inline: 0;
    inline-size: fit-content;
    margin: 0 auto;
    border: 1px solid transparent;
    border-radius: 11px;
    padding: 0 10px;
    background: var(--amber);
    color: var(--surface);
    font:
      600 12px/20px var(--almasar-font, system-ui),
      sans-serif;
    white-space: nowrap;
    pointer-events: none;
  }
  /* As the pill, which is narrower than the words. */
  :host([collapsed]) .test-mode {
    inset-inline: auto 0;
  }
  :host([inline]) .test-mode {
    inset-block-start: 2px;
  }
`;

export interface RibbonHost extends LitElement {
  readonly settings: DialerSettings | null;
  readonly words: FirstMessages | undefined;
}

/** Whether the service believes anybody (AUTH_MODE dev), as it says itself. */
async function believesAnybody({ service, getAuthToken }: DialerSettings): Promise<boolean> {
  const settings = new URL('api/calls/settings', new URL(service.replace(/\/?$/, '/'), document.baseURI));
  const answer = await fetch(settings, { headers: { Authorization: `Bearer ${await getAuthToken()}` } });
  return answer.ok && ((await answer.json()) as SettingsAnswer).dev === true;
}

/** Says on the element, open or small, that its service is no real one. */
export async function markTestService(host: RibbonHost): Promise<void> {
  const { settings, shadowRoot } = host;
  if (!settings || !shadowRoot || !(await believesAnybody(settings))) return;
  const ribbon = document.createElement('p');
  ribbon.className = 'test-mode';
  ribbon.part.add('test-mode');
  if (style.styleSheet) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, style.styleSheet];
  host.addController({
    hostUpdated() {
      ribbon.lang = host.words?.lang === 'ar' ? 'ar' : 'en';
      ribbon.textContent = WORDS[ribbon.lang as keyof typeof WORDS];
      // Another service may be no test.
      if (host.settings?.service !== settings.service) ribbon.remove();
      else if (!ribbon.isConnected) shadowRoot.prepend(ribbon);
    },
  });
  host.requestUpdate();
}
