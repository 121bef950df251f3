import { expect } from '@open-wc/testing';
import { ProblemError } from '../../core/problem-error.ts';
import { stateIn } from '../../testing/state-in.ts';
import { DISPOSITIONS, listOf, steps } from './testing/scripted-ports.ts';
import { all, button, staged, textArea, textOf, type PanelStage } from './testing/panel-stage.ts';

/** Nothing to mend in both schemes. */
async function isAccessible(stage: PanelStage): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = scheme;
    document.documentElement.style.background = 'Canvas';
    await stage.settled();
    await expect(stage).to.be.accessible();
  }
  document.documentElement.style.colorScheme = '';
}

const AWAY = new ProblemError('service-unreachable', 'away');

for (const lang of ['ar', 'en'] as const) {
  describe(`panels, ${lang}`, () => {
    it('more: leads to every other panel and to the window', async () => {
      const stage = await staged('more', lang);
      for (const row of all(stage, 'button.pane-row')) row.click();
      expect(stage.asked).to.deep.equal([
        ['open', 'recents'],
        ['open', 'call-backs'],
        ['open', 'audio'],
        ['open', 'check'],
        ['openPhoneWindow'],
      ]);
      await isAccessible(stage);
    });

    for (const name of ['audio', 'check'] as const) {
      it(`${name}: of the phone window leads there, or says where it is`, async () => {
        const stage = await staged(name, lang, stateIn('idle', {}, { place: 'phone-window' }));
        expect(textOf(stage)).to.include(stage.t.window.there[name].title);
        expect([stage.scripted.audios.length, stage.scripted.checks.length]).to.deep.equal([0, 0]);
        stage.windowOpens = false;
        button(stage, stage.t.window.bringUp).click();
        await stage.settled();
        expect(stage.asked).to.deep.equal([['openPhoneWindow']]);
        expect(textOf(stage)).to.include(stage.t.window.hidden);
        await isAccessible(stage);
        stage.scripted.become(stateIn('idle'));
        await stage.settled();
        expect(textOf(stage)).not.to.include(stage.t.window.there[name].title);
      });
    }

    it('recents: loading, none, trouble and its retry, calls that are called again', async () => {
      const stage = await staged('recents', lang);
      expect(textOf(stage).length).to.be.above(2);
      stage.scripted.recents[0]!.reject(AWAY);
      await stage.settled();
      expect(textOf(stage)).to.include(stage.problems['service-unreachable'].title);
      await isAccessible(stage);
      button(stage, stage.t.retry).click();
      const number = '+201001234501';
      stage.scripted.recents[1]!.resolve([
        { callId: 'a', direction: 'incoming', number, name: 'منى', outcome: 'missed', record: true, at: Date.now() },
        { callId: 'b', direction: 'outgoing', number, name: null, outcome: 'busy', record: false, at: Date.now() },
      ]);
      await stage.settled();
      expect(textOf(stage)).to.include('منى');
      await isAccessible(stage);
      for (const call of all(stage, 'li button')) call.click();
      // As they were asked for before: one of them is not to be recorded.
      expect(stage.asked.filter(([what]) => what === 'dial')).to.deep.equal([
        ['dial', number, { name: 'منى', record: true }],
        ['dial', number, { name: null, record: false }],
      ]);
    });

    it('call-backs: by when they are due, called, done and not done after all; trouble and its retry', async () => {
      const stage = await staged('call-backs', lang);
      const { scripted, t } = stage;
      scripted.callBackLists[0]!.reject(AWAY);
      await stage.settled();
      expect(textOf(stage)).to.include(stage.problems['service-unreachable'].title);
      await isAccessible(stage);
      button(stage, t.retry).click();
      await stage.settled();
      const numbers = ['+201001234501', '+201001234502', '+201001234503'];
      const due = {
        callId: 'a',
        number: numbers[0]!,
        name: 'منى',
        record: true,
        note: 'عرض سعر',
        dueAt: Date.now() - 1,
      };
      const tomorrow = new Date();
      tomorrow.setDate(tomorrow.getDate() + 1);
      const later = { ...due, callId: 'b', number: numbers[1]!, name: null, record: false, dueAt: tomorrow.getTime() };
      scripted.callBackLists[1]!.resolve(listOf([due, later]));
      await stage.settled();
      for (const words of [t.callBacks.due, t.recents.tomorrow, 'منى', 'عرض سعر', '+20 100 123 4502']) {
        expect(textOf(stage)).to.include(words);
      }
      await isAccessible(stage);
      for (const call of all(stage, '.pane-dial')) call.click();
      expect(stage.asked.filter(([what]) => what === 'dial')).to.deep.equal([
        ['dial', numbers[0], { name: 'منى', record: true }],
        ['dial', numbers[1], { name: null, record: false }],
      ]);

      button(stage, t.callBacks.done('\u2068منى\u2069')).click();
      await stage.settled();
      scripted.callBackLists[2]!.resolve(listOf([later]));
      await stage.settled();
      expect(all(stage, 'li').length).to.equal(1);
      expect(stage.shadowRoot!.activeElement).to.equal(button(stage, t.callBacks.undo));
      await isAccessible(stage);
      button(stage, t.callBacks.undo).click();
      await stage.settled();
      expect(scripted.asked).to.deep.equal([
        ['setDone', 'a', true],
        ['setDone', 'a', false],
      ]);
      scripted.callBackLists[3]!.resolve(listOf([due, later]));
      await stage.settled();
      // In another tab, or by the service's log.
      for (const listener of scripted.callBackListeners) listener();
      await stage.settled();
      scripted.callBackLists[4]!.resolve(listOf([]));
      await stage.settled();
      expect(textOf(stage)).to.include(t.callBacks.empty);
      await isAccessible(stage);
      stage.remove();
      expect(scripted.callBackListeners.size).to.equal(0);
    });

    it('call-backs: how long it is, and put off to a later time', async () => {
      const stage = await staged('call-backs', lang);
      const { scripted, t } = stage;
      const dueAt = Date.now() - 25 * 60_000 - 1000;
      const call = { callId: 'a', number: '+201001234501', name: 'منى', record: true, note: null, dueAt };
      scripted.callBackLists[0]!.resolve(listOf([call]));
      await stage.settled();
      expect(textOf(stage)).to.include(lang === 'ar' ? '25 دقيقة' : '25 minutes ago');
      const later = () => button(stage, t.callBacks.later('\u2068منى\u2069'));
      later().click();
      await stage.settled();
      expect(later().getAttribute('aria-expanded')).to.equal('true');
      expect(all(stage, '.pane-later button').length).to.equal(3);
      await isAccessible(stage);
      const moved = Date.now();
      button(stage, t.wrapUp.callBack.hour).click();
      await stage.settled();
      const [[what, callId, at]] = scripted.asked as [[string, string, string]];
      expect([what, callId]).to.deep.equal(['setTime', 'a']);
      expect(Date.parse(at) - moved).to.be.within(59 * 60_000, 60 * 60_000 + 10_000);
      scripted.callBackLists[1]!.resolve(listOf([{ ...call, dueAt: Date.parse(at) }]));
      await stage.settled();
      expect(all(stage, '.pane-later, .pane-due').length).to.equal(0);
      expect(stage.shadowRoot!.activeElement).to.equal(later());
      expect(textOf(stage)).to.include(t.callBacks.wasMoved('\u2068منى\u2069', t.wrapUp.callBack.hour));
      await isAccessible(stage);
    });

    it('call-backs: during a call nobody is called', async () => {
      const stage = await staged('call-backs', lang, stateIn('open'));
      const call = { callId: 'a', number: '+201001234501', name: null, record: true, note: null, dueAt: Date.now() };
      stage.scripted.callBackLists[0]!.resolve(listOf([call]));
      await stage.settled();
      expect((all(stage, '.pane-dial')[0] as HTMLButtonElement).disabled).to.equal(true);
      await isAccessible(stage);
    });

    it('wrap-up: when to call again, in words or at a time of one’s own, which has to be one', async () => {
      const stage = await staged('wrap-up', lang, stateIn('ended', { callId: `call-back-${lang}` }));
      stage.scripted.outcomes[0]!.resolve([]);
      await stage.settled();
      const words = stage.t.wrapUp.callBack;
      const saved = async (turn: number) => {
        button(stage, stage.t.wrapUp.save).click();
        await stage.settled();
        stage.scripted.saves[turn]?.resolve('saved');
        await stage.settled();
        return stage.scripted.asked.at(-1)?.[2] as { callBackAt?: string | null };
      };
      const pick = async (by: string) => {
        const [select] = all(stage, 'select') as HTMLSelectElement[];
        select!.value = by;
        select!.dispatchEvent(new Event('change', { bubbles: true }));
        await stage.settled();
        expect(select!.value).to.equal(by);
      };
      const picked = Date.now();
      await pick('hour');
      await isAccessible(stage);
      const ahead = Date.parse((await saved(0)).callBackAt!) - picked;
      expect(ahead).to.be.within(59 * 60_000, 60 * 60_000 + 10_000);

      await pick('own');
      const choose = async (text: string) => {
        const [field] = all(stage, 'input') as HTMLInputElement[];
        field!.value = text;
        field!.dispatchEvent(new Event('change', { bubbles: true }));
        await stage.settled();
      };
      const far = new Date().getFullYear() + 3;
      for (const [text, problem] of [
        ['', 'invalid'],
        ['2020-01-01T09:00', 'past'],
        [`${far}-01-01T09:00`, 'far'],
      ] as const) {
        await choose(text);
        expect(textOf(stage)).to.include(words.problems[problem]);
        await isAccessible(stage);
        await saved(1);
        expect(stage.scripted.saves.length).to.equal(1);
      }
      const soon = new Date(Date.now() + 26 * 3_600_000);
      const text = new Date(soon.getTime() - soon.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      await choose(text);
      expect((await saved(1)).callBackAt).to.equal(new Date(text).toISOString());
      await pick('');
      expect((await saved(2)).callBackAt).to.equal(null);
    });

    it('audio: devices are chosen and tested; a refused microphone is explained', async () => {
      const stage = await staged('audio', lang);
      stage.scripted.audios[0]!.resolve(stage.scripted.audioPort);
      await stage.settled();
      await isAccessible(stage);
      const [microphone] = all(stage, 'select') as HTMLSelectElement[];
      microphone!.value = 'm2';
      microphone!.dispatchEvent(new Event('change', { bubbles: true }));
      expect(stage.scripted.audioPort.asked).to.deep.include(['choose', 'microphone', 'm2']);
      stage.scripted.audioPort.become({ problem: 'microphone-denied' });
      await stage.settled();
      expect(textOf(stage)).to.include(stage.problems['microphone-denied'].title);
      await isAccessible(stage);
    });

    it('check: runs at the press of one button, and ends in words', async () => {
      const stage = await staged('check', lang);
      button(stage, stage.t.check.start).click();
      stage.scripted.checks[0]!.resolve(stage.scripted.lineCheck);
      await stage.settled();
      expect(all(stage, '.pane-step').length).to.equal(8);
      stage.scripted.lineCheck.become({ verdict: 'good', steps: steps('good') });
      await stage.settled();
      expect(textOf(stage)).to.include(stage.t.check.good);
      await isAccessible(stage);
      const failed = { microphone: { status: 'failed', problem: 'microphone-missing' } } as const;
      stage.scripted.lineCheck.become({ verdict: 'bad', steps: steps('good', failed) });
      await stage.settled();
      expect(textOf(stage)).to.include(stage.problems['microphone-missing'].title);
      await isAccessible(stage);
      stage.remove();
      expect(stage.scripted.lineCheck.asked).to.deep.include(['close']);
    });

    it('wrap-up: what is written is saved, kept or given back, and says which', async () => {
      const stage = await staged('wrap-up', lang, stateIn('ended', { callId: `wrap-up-${lang}` }));
      stage.scripted.outcomes[0]!.resolve(DISPOSITIONS);
      await stage.settled();
      await isAccessible(stage);
      button(stage, DISPOSITIONS[0]!.label[lang]).click();
      const write = (note: string) => {
        textArea(stage).value = note;
        textArea(stage).dispatchEvent(new InputEvent('input', { bubbles: true }));
      };
      for (const [turn, result] of (['kept', 'refused', 'saved'] as const).entries()) {
        write(`عايز عرض سعر ${result}`);
        await stage.settled();
        button(stage, stage.t.wrapUp.save).click();
        await stage.settled();
        expect(textOf(stage)).to.include(stage.t.wrapUp.saving);
        stage.scripted.saves[turn]!.resolve(result);
        await stage.settled();
        expect(textOf(stage)).to.include(stage.t.wrapUp[result]);
        expect(textArea(stage).value).to.equal(`عايز عرض سعر ${result}`);
      }
      const wrapUp = { note: 'عايز عرض سعر kept', disposition: 'sold' };
      expect(stage.scripted.asked[0]).to.deep.equal(['saveWrapUp', `wrap-up-${lang}`, { ...wrapUp, noteBefore: '' }]);
      await isAccessible(stage);
    });
  });
}
