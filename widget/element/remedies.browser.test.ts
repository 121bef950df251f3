import { expect } from '@open-wc/testing';
import { browserOf } from './panels/browser.ts';
import { remedyOf } from './panels/microphone-remedy.ts';
import { panelsEn } from '../locales/panels-en.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { hasPart, mounted, part, refuseByPolicy, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

function button(element: AlmasarDialer, words: string): HTMLButtonElement {
  const all = [...element.shadowRoot!.querySelectorAll('button')];
  const found = all.find((each) => (each.ariaLabel ?? each.textContent).trim() === words);
  if (!found) throw new Error(`No button “${words}”.`);
  return found;
}

/** Puts a clipboard in place of the browser's, which takes what is written or, `false`, refuses it. */
function clipboard(takes: boolean): { texts: string[]; restore: () => void } {
  const texts: string[] = [];
  const writeText = async (text: string) => {
    if (!takes) throw new DOMException('no', 'NotAllowedError');
    texts.push(text);
  };
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  return { texts, restore: () => Reflect.deleteProperty(navigator, 'clipboard') };
}

describe('<almasar-dialer> helps with trouble', () => {
  const UNANSWERED = { openedAt: null };
  const [firstStep] = remedyOf('microphone-denied', browserOf(navigator), panelsEn);

  it('a call without a microphone leads to the steps for this browser, and back', async () => {
    const { element, dialer } = await mounted();
    const problem = { code: 'microphone-denied', carrierCode: null } as const;
    await show(element, dialer, stateIn('ended', UNANSWERED, { outcome: null, problem }));
    button(element, 'Show me how').click();
    await settled(element);
    expect(textOf(element)).to.include(firstStep);
    part(element, 'back-button').click();
    await settled(element);
    expect(textOf(element)).to.include('Microphone blocked').and.not.include(firstStep);
  });

  it('says why customers do not reach the agent, each cause in its own words, aloud too', async () => {
    const { element, dialer } = await mounted();
    const causes = {
      'microphone-denied': 'Microphone blocked',
      'microphone-missing': 'No microphone found',
      'microphone-not-allowed-here': 'This page forbids the microphone',
      'insecure-page': 'Page is not secure',
      'unsupported-browser': 'This browser cannot make calls',
    } as const;
    for (const reachProblem of Object.keys(causes) as (keyof typeof causes)[]) {
      await show(element, dialer, stateIn('idle', {}, { reach: 'no-microphone', reachProblem }));
      expect(part(element, 'banner').innerText).to.include(causes[reachProblem]).and.not.include('Plug in');
      const heard = element.shadowRoot!.querySelector('.heard[role=status]')!;
      expect(heard.textContent).to.equal(`You cannot answer calls. ${causes[reachProblem]}`);
    }
    await show(element, dialer, stateIn('idle', {}, { reach: 'no-microphone', reachProblem: 'microphone-denied' }));
    button(element, 'Show me how').click();
    await settled(element);
    expect(textOf(element)).to.include(firstStep);
    await show(element, dialer, stateIn('idle', {}, { reach: 'ready' }));
    expect(textOf(element), 'once it is mended').to.include('Good').and.not.include(firstStep);
  });

  it('a policy of the page that refuses is the reason, shown by its directive, and of others no address is kept', async () => {
    const { element, dialer } = await mounted();
    const detail = 'connect-src wss://voice-js.roaming.twilio.com';
    const told: string[] = [];
    element.addEventListener('almasar-error', ({ detail }) => told.push(`${detail.code}: ${detail.message}`));
    const problem = { code: 'connection-lost', carrierCode: null } as const;
    refuseByPolicy('https://analytics.example/collect');
    await show(element, dialer, stateIn('ended', UNANSWERED, { outcome: null, problem }));
    expect(textOf(element)).to.include('Connection lost');
    refuseByPolicy('wss://voice-js.roaming.twilio.com/signal?token=secret');
    await settled(element);
    expect(textOf(element)).to.include('The page’s policy blocks the phone').and.not.include('Connection lost');
    expect(element.shadowRoot!.querySelector('code')!.textContent).to.equal(detail);
    expect(told.at(-1)).to.match(/^content-policy: .*connect-src wss:\/\/voice-js\.roaming\.twilio\.com$/);
    expect(told).to.have.lengthOf(2);
    await show(element, dialer, stateIn('idle', {}, { reach: 'service' }));
    // What it is, who can mend it, and by what.
    expect(part(element, 'banner').textContent).to.include('Whoever runs the page').and.include(detail);
  });

  it('a call that failed is copied for support by its code and id, without number or name', async () => {
    const { element, dialer } = await mounted();
    const problem = { code: 'connection-lost', carrierCode: 31005 } as const;
    const failed = stateIn('ended', UNANSWERED, { outcome: null, problem });
    const { texts, restore } = clipboard(true);
    await show(element, dialer, failed);
    button(element, 'Copy for support').click();
    await settled(element);
    restore();
    expect(texts).to.have.lengthOf(1);
    expect(texts[0]).to.include(failed.call!.callId).and.include('Problem: connection-lost, 31005');
    expect(texts[0]).to.not.include('1001234501').and.not.include('منى');
    expect(textOf(element)).to.include('Copied');
    const dropped = { ...stateIn('ended', { callId: 'another' }, { problem }) };
    const refused = clipboard(false);
    await show(element, dialer, dropped);
    button(element, 'Copy for support').click();
    await settled(element);
    refused.restore();
    expect(element.shadowRoot!.querySelector<HTMLTextAreaElement>('.pane-report')!.value).to.include('another');
  });

  it('a number that the caller can mend by is no case for support', async () => {
    const { element, dialer } = await mounted();
    for (const code of ['number-invalid', 'country-refused'] as const) {
      await show(element, dialer, stateIn('ended', UNANSWERED, { problem: { code, carrierCode: null } }));
      expect(textOf(element)).to.not.include('Copy for support');
    }
  });

  it('a refusal of the carrier says who can mend it', async () => {
    const { element, dialer } = await mounted();
    const words = {
      10004: 'Wait a minute',
      13225: 'another number of the customer',
      20151: 'phone account refused',
      31001: 'TwiML app is gone',
      31206: 'Wait a minute',
      31404: 'Number not found',
      31603: 'PUBLIC_URL',
    };
    for (const [carrierCode, said] of Object.entries(words)) {
      const problem = { code: 'carrier-refused', carrierCode: Number(carrierCode) } as const;
      await show(element, dialer, stateIn('ended', UNANSWERED, { outcome: null, problem }));
      expect(textOf(element)).to.include(said).and.include(`Code ${carrierCode}`);
      expect(element.shadowRoot!.querySelector('.heard[role=alert]')!.textContent).to.include(said);
    }
    expect(hasPart(element, 'call-button')).to.equal(true);
  });
});
