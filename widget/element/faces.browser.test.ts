import { expect, fixture, html } from '@open-wc/testing';
import { OUTCOMES, PROBLEM_CODES } from '../core/state.ts';
import { arCalls } from '../locales/calls-ar.ts';
import { enCalls } from '../locales/calls-en.ts';
import { arTalk } from '../locales/talk-ar.ts';
import { enTalk } from '../locales/talk-en.ts';
import { ar } from '../locales/ar.ts';
import { en } from '../locales/en.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { faced, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { FACES } from './testing/faces.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const LANGUAGES = [
  { ...ar, ...arTalk, ...arCalls },
  { ...en, ...enTalk, ...enCalls },
];

/** Paints the page in a scheme, as a page with both would. */
function paint(scheme: string): void {
  document.documentElement.style.colorScheme = scheme;
  document.documentElement.style.background = 'Canvas';
}

describe('<almasar-dialer> faces', () => {
  afterEach(() => paint(''));

  for (const t of LANGUAGES) {
    for (const face of FACES) {
      it(`${t.lang} ${face.name}: is no empty box, and accessible in both schemes`, async () => {
        const element = await faced(face, t.lang);
        expect(part(element, 'panel').dir).to.equal(t.dir);
        const { call, phase } = face.state;
        if (!face.collapsed || call) expect(textOf(element).length).to.be.above(2);
        if (call?.name && phase !== 'ended' && !face.panel) expect(textOf(element)).to.include(call.name);
        for (const scheme of ['light', 'dark']) {
          paint(scheme);
          await settled(element);
          await expect(element).to.be.accessible();
        }
      });
    }

    it(`${t.lang}: every outcome has its words`, async () => {
      const { element, dialer } = await mounted(t.lang);
      for (const outcome of OUTCOMES) {
        // After a conversation the place of the advice is the wrap-up's.
        const talked = outcome === 'answered';
        await show(element, dialer, stateIn('ended', talked ? {} : { openedAt: null }, { outcome }));
        expect(textOf(element)).to.include(t.outcomes[outcome].title);
        if (!talked) expect(textOf(element)).to.include(t.outcomes[outcome].advice);
      }
    });

    it(`${t.lang}: what calling again cannot mend urges nobody to call, and a right number is not to be changed`, async () => {
      const { element, dialer } = await mounted(t.lang);
      for (const code of ['agent-blocked', 'spend-limit', 'number-called-too-often'] as const) {
        await show(element, dialer, stateIn('ended', { openedAt: null }, { problem: { code, carrierCode: null } }));
        expect(element.shadowRoot?.querySelector('[part=edit-button]')).to.equal(null);
        expect(element.shadowRoot?.querySelector('[part=call-button]')?.classList.contains('call')).to.equal(false);
      }
    });

    it(`${t.lang}: every problem has its words, at the end of a call and before one`, async () => {
      const { element, dialer } = await mounted(t.lang);
      for (const code of PROBLEM_CODES) {
        const problem = { code, carrierCode: 31005 };
        for (const phase of ['ended', 'idle'] as const) {
          await show(element, dialer, stateIn(phase, {}, { problem }));
          const { title, advice } = t.problems[code];
          expect(textOf(element)).to.include(title).and.include(advice.replaceAll('\u00a0', ' '));
          const alert = element.shadowRoot?.querySelector('[role=alert]');
          expect(alert?.textContent).to.include(t.problems[code].title);
        }
      }
      await expect(element).to.be.accessible();
    });

    it(`${t.lang}: says what the page has still to add`, async () => {
      const element = await fixture<AlmasarDialer>(html`<almasar-dialer lang=${t.lang}></almasar-dialer>`);
      await settled(element);
      expect(textOf(element)).to.include(t.setup.service).and.include('service="https://…"');
      await expect(element).to.be.accessible();
      element.service = 'https://service.example';
      await settled(element);
      expect(textOf(element)).to.include(t.setup.auth).and.include('auth-endpoint="https://…"');
      element.getAuthToken = () => Promise.resolve('jwt');
      await settled(element);
      expect(hasPart(element, 'field')).to.equal(true);
    });
  }

  for (const t of LANGUAGES) {
    it(`${t.lang}: nothing is wider than the panel, and what takes or ends a call is in sight`, async () => {
      for (const face of FACES) {
        const element = await faced(face, t.lang);
        const panel = part(element, 'panel');
        expect(panel.getBoundingClientRect().width, face.name).to.be.at.most(320);
        for (const box of [panel, ...panel.querySelectorAll('.body, .slot, .pane, .waiting, .pill')]) {
          expect(box.scrollWidth, face.name).to.be.at.most(box.clientWidth);
        }
        const note = face.panel === 'wrap-up' && panel.querySelector('.pane-note');
        if (note) {
          const { left, top } = note.getBoundingClientRect();
          expect(element.shadowRoot!.elementFromPoint(left + 20, top + 20), `${face.name} note`).to.equal(note);
        }
        for (const name of ['hang-up-button', 'answer-button', 'decline-button']) {
          if (!hasPart(element, name)) continue;
          const { top, bottom } = part(element, name).getBoundingClientRect();
          const around = panel.getBoundingClientRect();
          expect(top, `${face.name} ${name}`).to.be.above(around.top);
          expect(bottom, `${face.name} ${name}`).to.be.below(around.bottom);
        }
        element.remove();
      }
    });
  }

  for (const t of LANGUAGES) {
    it(`${t.lang}: keys and controls stand clear of the button below them: nothing has to be scrolled to`, async () => {
      // The address that the page’s owner has to allow is as long as it is.
      for (const face of FACES.filter(({ name }) => name !== 'idle-service-by-policy')) {
        const element = await faced(face, t.lang);
        const below = part(element, 'panel').querySelector('.body > .wide:last-child');
        for (const control of below ? part(element, 'panel').querySelectorAll('.key, .tile') : []) {
          const gap = below!.getBoundingClientRect().top - control.getBoundingClientRect().bottom;
          expect(gap, face.name).to.be.at.least(8);
        }
        element.remove();
      }
    });
  }

  it('has no button smaller than 44 px', async () => {
    for (const face of FACES) {
      const element = await faced(face);
      for (const button of element.shadowRoot?.querySelectorAll('button') ?? []) {
        const { width, height } = button.getBoundingClientRect();
        expect(Math.min(width, height), `${face.name} ${button.part.value}`).to.be.at.least(44);
      }
      element.remove();
    }
  });

  it('announces a phase once, politely, and trouble at once; the timer is not live', async () => {
    const { element, dialer } = await mounted('en');
    const polite = () => element.shadowRoot?.querySelector('.heard[role=status]')?.textContent;
    await show(element, dialer, stateIn('ringing'));
    expect(polite()).to.equal('Ringing… \u2068منى السيد\u2069');
    await show(element, dialer, stateIn('open'));
    expect(polite()).to.equal('On a call \u2068منى السيد\u2069');
    await show(element, dialer, stateIn('reconnecting'));
    expect(element.shadowRoot?.querySelector('[role=alert]')?.textContent).to.include('The call is still on');
    expect(part(element, 'timer').getAttribute('role')).to.equal('timer');
    await show(element, dialer, stateIn('ended'));
    expect(polite()).to.include('2 minutes 5 seconds');
  });

  it('counts on while the call is open', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open', { openedAt: Date.now() - 58_900 }));
    await waitUntil(() => part(element, 'timer').textContent === '1:00', 'a minute', { timeout: 3000 });
  });
});
