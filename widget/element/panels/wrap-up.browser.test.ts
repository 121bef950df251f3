import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { KeptWrapUp, WrapUp } from '../../core/dialer.ts';
import { stateIn } from '../../testing/state-in.ts';
import { callDay, callTime } from './call-day.ts';
import { fieldText, quickTime } from './call-back-time.ts';
import { localeOf } from './figures.ts';
import { DISPOSITIONS } from './testing/scripted-ports.ts';
import { all, button, find, staged, textArea, textOf, type PanelStage } from './testing/panel-stage.ts';

const BLANK: KeptWrapUp = { note: '', disposition: null, callBackAt: null };
let calls = 0;

async function open(lang: 'ar' | 'en' = 'en'): Promise<PanelStage> {
  const stage = await staged('wrap-up', lang, stateIn('ended', { callId: `wrap-up of ${(calls += 1)}` }));
  stage.scripted.outcomes[0]!.resolve(DISPOSITIONS);
  await stage.settled();
  return stage;
}

async function keep(stage: PanelStage, kept: Partial<KeptWrapUp>, refused?: WrapUp): Promise<void> {
  for (const listener of stage.scripted.wrapUpListeners) listener({ ...BLANK, ...kept }, refused);
  await stage.settled();
}

async function write(stage: PanelStage, note: string): Promise<void> {
  textArea(stage).value = note;
  textArea(stage).dispatchEvent(new InputEvent('input', { bubbles: true }));
  await stage.settled();
}

const select = (stage: PanelStage) => find(stage, 'select') as HTMLSelectElement;

async function pick(stage: PanelStage, by: string): Promise<void> {
  select(stage).value = by;
  select(stage).dispatchEvent(new Event('change', { bubbles: true }));
  await stage.settled();
}

async function save(stage: PanelStage, result: 'saved' | 'kept' = 'saved'): Promise<WrapUp> {
  button(stage, stage.t.wrapUp.save).click();
  await stage.settled();
  stage.scripted.saves.at(-1)!.resolve(result);
  await stage.settled();
  return stage.scripted.asked.at(-1)![2] as WrapUp;
}

function inWords(stage: PanelStage, at: string): string {
  const locale = localeOf(stage);
  const time = Date.parse(at);
  const { recents, wrapUp } = stage.t;
  return wrapUp.callBack.chosen(callDay(time, Date.now(), locale, recents), callTime(time, locale));
}

const chosen = (stage: PanelStage) => select(stage).selectedOptions[0]!.text.trim();
const tomorrow = () => quickTime('tomorrow', new Date()).toISOString();

for (const lang of ['ar', 'en'] as const) {
  describe(`the notes of a call, ${lang}`, () => {
    it('show what another tab, or the log, has kept of it, and save only what is changed here', async () => {
      const stage = await open(lang);
      const at = tomorrow();
      await keep(stage, { note: 'من السجل', disposition: 'sold', callBackAt: at });
      expect(textArea(stage).value).to.equal('من السجل');
      expect(button(stage, DISPOSITIONS[0]!.label[lang]).ariaPressed).to.equal('true');
      expect(chosen(stage)).to.equal(inWords(stage, at));
      expect(button(stage, stage.t.wrapUp.save).ariaDisabled).to.equal('true');
      await expect(stage).to.be.accessible();
      await write(stage, 'من السجل، وكمان');
      expect(await save(stage)).to.deep.equal({ note: 'من السجل، وكمان', noteBefore: 'من السجل' });
      expect(chosen(stage)).to.equal(inWords(stage, at));
      // Moved from elsewhere, then taken away here.
      const moved = new Date(Date.now() + 7 * 86_400_000).toISOString();
      await keep(stage, { note: 'من السجل، وكمان', disposition: 'sold', callBackAt: moved });
      expect(chosen(stage)).to.equal(inWords(stage, moved));
      await pick(stage, '');
      expect(await save(stage)).to.deep.equal({ callBackAt: null });
      expect(chosen(stage)).to.equal(stage.t.wrapUp.callBack.none);
    });

    it('say that two notes do not fit in one, until what is written here is short enough', async () => {
      const stage = await open(lang);
      await keep(stage, {});
      await write(stage, 'm'.repeat(3995));
      await keep(stage, { note: 'theirs' });
      expect(textOf(stage)).to.include(stage.t.wrapUp.bothTooLong('\u2068theirs\u2069'));
      await expect(stage).to.be.accessible();
      await write(stage, 'm'.repeat(3900));
      expect(textOf(stage)).to.include(stage.t.wrapUp.bothKept('\u2068theirs\u2069'));
    });

    it('say what saving would take the place of', async () => {
      const stage = await open(lang);
      await keep(stage, {});
      await pick(stage, 'hour');
      await write(stage, 'mine');
      button(stage, DISPOSITIONS[0]!.label[lang]).click();
      await stage.settled();
      expect(all(stage, '.pane-amber').length).to.equal(0);
      const kept = { note: 'theirs', disposition: 'wrong-number', callBackAt: tomorrow() };
      await keep(stage, kept);
      const { label } = DISPOSITIONS.find(({ id }) => id === 'wrong-number')!;
      for (const what of [label[lang], inWords(stage, kept.callBackAt)]) {
        expect(textOf(stage)).to.include(stage.t.wrapUp.elsewhere(`\u2068${what}\u2069`));
      }
      expect(textOf(stage)).to.include(stage.t.wrapUp.bothKept('\u2068theirs\u2069'));
      expect(textArea(stage).value).to.equal('mine');
      await expect(stage).to.be.accessible();
      await pick(stage, 'kept');
      // Over what was there when it was begun: the other's text is not what this one was written over.
      expect(await save(stage)).to.deep.equal({ note: 'mine', noteBefore: '', disposition: 'sold' });
      expect(chosen(stage)).to.equal(inWords(stage, kept.callBackAt));
      await keep(stage, { ...kept, note: 'mine', disposition: 'sold' });
      expect(all(stage, '.pane-amber').length).to.equal(0);
    });
  });
}

describe('the notes of a call', () => {
  it('kept on this computer stay as they were written, and can be taken back', async () => {
    const stage = await open();
    await pick(stage, 'hour');
    const { callBackAt } = await save(stage, 'kept');
    expect(chosen(stage)).to.equal(inWords(stage, callBackAt!));
    expect(textOf(stage)).to.include(stage.t.wrapUp.kept);
    await pick(stage, '');
    expect(await save(stage)).to.deep.equal({ callBackAt: null });
  });

  it('that are refused are still here to be saved, though they were on their way', async () => {
    const stage = await open();
    await keep(stage, {});
    await write(stage, 'mine');
    button(stage, stage.t.wrapUp.save).click();
    // As the outbox has it meanwhile; and a call that comes does not take their place.
    await keep(stage, { note: 'mine' });
    stage.scripted.become(stateIn('incoming', { callId: 'another call' }));
    await stage.settled();
    expect(textArea(stage).value).to.equal('mine');
    await keep(stage, {});
    stage.scripted.saves[0]!.resolve('refused');
    await stage.settled();
    expect(textOf(stage)).to.include(stage.t.wrapUp.refused);
    expect(await save(stage)).to.deep.equal({ note: 'mine', noteBefore: '' });
  });

  it('kept on this computer and refused later are written here again, beside what was written since', async () => {
    const stage = await open();
    await keep(stage, {});
    await write(stage, 'promised');
    button(stage, DISPOSITIONS[0]!.label.en).click();
    await pick(stage, 'hour');
    const { callBackAt } = await save(stage, 'kept');
    await write(stage, 'since');
    await keep(stage, { disposition: 'wrong-number' }, { note: 'promised', disposition: 'sold', callBackAt });
    expect(textArea(stage).value).to.equal('since');
    expect(button(stage, DISPOSITIONS[0]!.label.en).ariaPressed).to.equal('true');
    expect((find(stage, 'input') as HTMLInputElement).value).to.equal(fieldText(new Date(callBackAt!)));
    expect(textOf(stage)).to.include(stage.t.wrapUp.refused);
    expect(await save(stage)).to.deep.equal({ note: 'since', noteBefore: 'promised', disposition: 'sold', callBackAt });
  });

  it('refused stand beside what was written without them, and are saved over what they were written over', async () => {
    const stage = await open();
    await keep(stage, { note: 'old' });
    await write(stage, 'begun here');
    await keep(stage, { note: 'old' }, { note: 'of the other tab', noteBefore: 'old' });
    expect(textArea(stage).value).to.equal('of the other tab\nbegun here');
    const other = await open();
    await keep(other, { note: 'theirs' }, { note: 'promised', noteBefore: 'old' });
    expect(textArea(other).value).to.equal('promised');
    expect(textOf(other)).to.include(other.t.wrapUp.bothKept('\u2068theirs\u2069'));
    expect(await save(other)).to.deep.equal({ note: 'promised', noteBefore: 'old' });
  });

  it('written on while they are being saved are written over what is saved', async () => {
    const stage = await open();
    await keep(stage, { note: 'old' });
    await write(stage, 'mine');
    button(stage, stage.t.wrapUp.save).click();
    await write(stage, 'mine, and more');
    stage.scripted.saves.at(-1)!.resolve('saved');
    await stage.settled();
    expect(all(stage, '.pane-amber').length).to.equal(0);
    expect(await save(stage)).to.deep.equal({ note: 'mine, and more', noteBefore: 'mine' });
  });

  it('refused of a call that is no more written about are there when the agent turns to it again', async () => {
    const stage = await open();
    await keep(stage, {});
    const [listener] = stage.scripted.wrapUpListeners;
    const { call } = stage.state;
    stage.scripted.become(stateIn('ended', { callId: 'another call' }));
    await stage.settled();
    listener!(BLANK, { note: 'promised' });
    stage.scripted.become(stateIn('ended', { callId: call!.callId }));
    await stage.settled();
    expect(textArea(stage).value).to.equal('promised');
  });

  it('changed and changed back are not sent in the place of what somebody else writes later', async () => {
    const stage = await open();
    await keep(stage, { note: 'kept', disposition: 'sold' });
    await write(stage, 'kept, and more');
    await write(stage, 'kept');
    button(stage, DISPOSITIONS[1]!.label.en).click();
    await stage.settled();
    button(stage, DISPOSITIONS[0]!.label.en).click();
    await keep(stage, { note: 'theirs', disposition: 'wrong-number' });
    expect(textArea(stage).value).to.equal('theirs');
    expect(all(stage, '.pane-amber').length).to.equal(0);
    await pick(stage, 'hour');
    expect(Object.keys(await save(stage))).to.deep.equal(['callBackAt']);
  });

  it('an own time that is half changed keeps its other half', async () => {
    const stage = await open();
    await pick(stage, 'own');
    const field = find(stage, 'input') as HTMLInputElement;
    const before = field.value;
    field.focus();
    await sendKeys({ press: 'Backspace' });
    await stage.settled();
    expect([field.value, field.validity.badInput]).to.deep.equal(['', true]);
    expect(textOf(stage)).to.include(stage.t.wrapUp.callBack.problems.invalid);
    // The month, as the browser's language begins with it: one part brings the whole back.
    await sendKeys({ type: before.slice(5, 7) });
    await stage.settled();
    expect(field.value).to.equal(before);
    const saved = await save(stage);
    expect(fieldText(new Date(saved.callBackAt!))).to.equal(before);
  });

  it('are watched for the call that is written about, and no more once they are closed', async () => {
    const stage = await open();
    expect(stage.scripted.wrapUpListeners.size).to.equal(1);
    stage.scripted.become(stateIn('open', { callId: 'another call' }));
    await stage.settled();
    expect(stage.scripted.wrapUpListeners.size).to.equal(1);
    stage.remove();
    expect(stage.scripted.wrapUpListeners.size).to.equal(0);
  });
});
