import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RecordingPauseResult } from '../core/dialer.ts';
import { panelsAr } from '../locales/panels-ar.ts';
import { panelsEn } from '../locales/panels-en.ts';
import type { AlmasarRecordingEvent } from './asides/recording-event.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { askForPause, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn, type ScriptedDialer } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const RECORDED = { recording: true } as const;
const PAUSED = { recordingPaused: true } as const;
const BUTTON = 'pause-recording-button';

const polite = (element: AlmasarDialer) => element.shadowRoot?.querySelector('.heard[role=status]')?.textContent;
const alert = (element: AlmasarDialer) => element.shadowRoot?.querySelector('.heard[role=alert]')?.textContent;

async function inCall(lang: string, call = {}): Promise<{ element: AlmasarDialer; dialer: ScriptedDialer }> {
  const { element, dialer } = await mounted(lang);
  await show(element, dialer, stateIn('open', call));
  return { element, dialer };
}

describe('<almasar-dialer> and the recording of a call', () => {
  for (const panels of [panelsAr, panelsEn]) {
    const { lang } = panels;
    const t = panels.asides.recording;

    it(`${lang}: a press asks, is under way until the service says so, and only then is told, once`, async () => {
      const { element, dialer } = await inCall(lang, RECORDED);
      const told: unknown[] = [];
      element.addEventListener('almasar-recording', ({ detail }: AlmasarRecordingEvent) => told.push(detail.paused));
      const before = polite(element);
      const button = part(element, BUTTON);
      expect([button.ariaLabel, button.textContent?.trim()]).to.deep.equal([t.pauseName, t.pause]);
      button.focus();
      await askForPause(element, dialer, 'not-yet');
      expect(dialer.asked.at(-1)).to.deep.equal(['pauseRecording', true]);
      expect([button.ariaLabel, button.ariaDisabled]).to.deep.equal([t.pausing, 'true']);
      button.click();
      await settled(element);
      expect(dialer.asked.filter(([method]) => method === 'pauseRecording')).to.have.length(1);
      expect(textOf(element)).not.to.include(t.paused);
      expect([told, polite(element)]).to.deep.equal([[], before]);

      await show(element, dialer, stateIn('open', PAUSED));
      expect(part(element, 'recording').textContent).to.equal(t.paused);
      expect(polite(element)).to.equal(t.heardPaused);
      expect(told).to.deep.equal([true]);
      expect(part(element, BUTTON), 'the same button').to.equal(button);
      expect(element.shadowRoot?.activeElement).to.equal(button);
      expect([button.ariaLabel, button.ariaDisabled]).to.deep.equal([t.resumeName, 'false']);

      await show(element, dialer, stateIn('open', RECORDED));
      expect(polite(element)).to.equal(t.heardResumed);
      expect(told).to.deep.equal([true, false]);
    });

    const failures: readonly Exclude<RecordingPauseResult, 'done'>[] = [
      'not-running',
      'service-away',
      'carrier-refused',
    ];
    for (const failure of failures) {
      it(`${lang}: not done (${failure}): said in words at once, and the recording goes on`, async () => {
        const { element, dialer } = await inCall(lang, RECORDED);
        await askForPause(element, dialer, failure);
        const said =
          failure === 'not-running' ? t.notRunning : { title: t.stillRecording, advice: t.failures[failure] };
        expect(textOf(element)).to.include(said.title).and.include(said.advice);
        expect(alert(element)).to.equal(`${said.title}. ${said.advice}`);
        expect(part(element, BUTTON).ariaLabel).to.equal(t.pauseName);
        part(element, 'banner').querySelector('button')!.click();
        await settled(element);
        expect([textOf(element).includes(said.title), alert(element)]).to.deep.equal([false, '']);
      });
    }

    it(`${lang}: what could not be resumed is still paused; what happens after all takes the trouble away`, async () => {
      const { element, dialer } = await inCall(lang, PAUSED);
      await askForPause(element, dialer, 'service-away');
      expect(dialer.asked.at(-1)).to.deep.equal(['pauseRecording', false]);
      expect(textOf(element)).to.include(t.stillPaused).and.include(t.paused);
      await show(element, dialer, stateIn('open', RECORDED));
      expect(textOf(element)).not.to.include(t.stillPaused);
      expect(alert(element)).to.equal('');
    });
  }

  it('may be asked for in the next call while the answer of the one before is out, which then says nothing of it', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    const first = Promise.withResolvers<RecordingPauseResult>();
    dialer.pauseResult = first.promise;
    part(element, BUTTON).click();
    await settled(element);
    await show(element, dialer, stateIn('open', { callId: 'another', ...RECORDED }));
    await askForPause(element, dialer, 'not-yet');
    const pauses = () => dialer.asked.filter(([method]) => method === 'pauseRecording').length;
    expect(pauses()).to.equal(2);
    expect(part(element, BUTTON).ariaLabel).to.equal(panelsEn.asides.recording.pausing);
    first.resolve('service-away');
    await settled(element);
    expect(hasPart(element, 'banner')).to.equal(false);
    part(element, BUTTON).click();
    await settled(element);
    expect(pauses(), 'its own is out').to.equal(2);
    await show(element, dialer, stateIn('open', { callId: 'another', ...PAUSED }));
    expect(part(element, 'recording').textContent).to.equal(panelsEn.asides.recording.paused);
  });

  it('is paused and resumed from the keyboard', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    part(element, 'mute-button').focus();
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(element.shadowRoot?.activeElement).to.equal(part(element, BUTTON));
    await sendKeys({ press: 'Enter' });
    expect(dialer.asked.at(-1)).to.deep.equal(['pauseRecording', true]);
  });

  it('answered before it is told, it may be asked again', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    await askForPause(element, dialer, 'done');
    await settled(element);
    expect(part(element, 'recording').textContent, 'an answer is not the state').to.equal('Recording');
    part(element, BUTTON).click();
    await settled(element);
    expect(dialer.asked.filter(([method]) => method === 'pauseRecording')).to.deep.equal([
      ['pauseRecording', true],
      ['pauseRecording', true],
    ]);
  });

  it('answered and never told: what is not known for sure is said, and asked again by a press', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    const button = part(element, BUTTON);
    button.click();
    await waitUntil(() => hasPart(element, 'banner'), 'it is said', { timeout: 8000 });
    expect(textOf(element)).to.include(panelsEn.asides.recording.stillRecording);
    expect(button.ariaLabel).to.equal(panelsEn.asides.recording.pauseName);
    button.click();
    await settled(element);
    expect(hasPart(element, 'banner')).to.equal(false);
    await show(element, dialer, stateIn('open', PAUSED));
    expect(textOf(element)).to.include(panelsEn.asides.recording.paused);
  }).timeout(12_000);

  it('is offered while both talk and the call is recorded, and at no other time', async () => {
    const { element, dialer } = await inCall('en');
    expect([hasPart(element, BUTTON), hasPart(element, 'recording')]).to.deep.equal([false, false]);
    for (const phase of ['dialing', 'ringing', 'ending', 'ended'] as const) {
      await show(element, dialer, stateIn(phase, RECORDED));
      expect(hasPart(element, BUTTON), phase).to.equal(false);
    }
    for (const phase of ['open', 'reconnecting'] as const) {
      await show(element, dialer, stateIn(phase, RECORDED));
      expect(hasPart(element, BUTTON), phase).to.equal(true);
    }
  });

  it('what another tab or a supervisor has paused is shown, told and may be resumed here', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    const told: unknown[] = [];
    element.addEventListener('almasar-recording', ({ detail }) => told.push(detail));
    await show(element, dialer, stateIn('open', PAUSED, { place: 'other-tab' }));
    const { callId, number, name } = stateIn('open').call!;
    expect(told).to.deep.equal([{ callId, number, name, direction: 'outgoing', paused: true }]);
    await askForPause(element, dialer, 'not-yet');
    expect(dialer.asked.at(-1)).to.deep.equal(['pauseRecording', false]);
  });

  it('what is said last is heard: a mute after a pause; and a second call begins without the pause of the first', async () => {
    const { element, dialer } = await inCall('en', PAUSED);
    expect(polite(element)).to.equal(panelsEn.asides.recording.heardPaused);
    await show(element, dialer, stateIn('open', { ...PAUSED, muted: true }));
    expect(polite(element)).to.include('Muted');
    const told: unknown[] = [];
    element.addEventListener('almasar-recording', ({ detail }) => told.push(detail.paused));
    await show(element, dialer, stateIn('open', { callId: 'another', ...RECORDED }));
    expect(polite(element)).to.include('On a call');
    expect(told).to.deep.equal([]);
  });

  it('over the keypad the pause stays in sight, with the way back; all keys are there', async () => {
    const { element, dialer } = await inCall('ar', RECORDED);
    part(element, 'keypad-button').click();
    await settled(element);
    expect(hasPart(element, BUTTON)).to.equal(false);
    await show(element, dialer, stateIn('open', PAUSED));
    expect(textOf(element)).to.include(panelsAr.asides.recording.paused);
    expect(part(element, BUTTON).getBoundingClientRect().height).to.be.at.least(44);
    const { bottom } = [...element.shadowRoot!.querySelectorAll('[part=key]')].at(-1)!.getBoundingClientRect();
    expect(part(element, 'hang-up-button').getBoundingClientRect().top).to.be.above(bottom);
    await expect(element).to.be.accessible();
  });

  it('`pauseRecording()` answers what came of it, and without a phone that nothing runs', async () => {
    const { element, dialer } = await inCall('en', RECORDED);
    dialer.pauseResult = Promise.resolve('carrier-refused');
    expect(await element.pauseRecording(true)).to.equal('carrier-refused');
    expect(dialer.asked.at(-1)).to.deep.equal(['pauseRecording', true]);
    expect(await document.createElement('almasar-dialer').pauseRecording(true)).to.equal('not-running');
  });
});
