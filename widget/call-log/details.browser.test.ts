import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { AlmasarCallLog } from './almasar-call-log.ts';
import { callRecord, recordingOf } from './testing/call-record.ts';
import {
  all,
  choose,
  drawn,
  mounted,
  one,
  restoreService,
  rowOf,
  serviceWith,
  settled,
  textOf,
  write,
} from './testing/call-log-fixture.ts';
import { stereoTones } from './testing/stereo-tones.ts';
import type { StubCalls } from './testing/stub-calls.ts';
import { waitUntil } from '../testing/wait-until.ts';

const CALLS = [
  callRecord(1, { recordings: [recordingOf('RE1')], note: 'first' }),
  callRecord(2, { recordings: [recordingOf('RE2')] }),
  callRecord(3, { recordings: [recordingOf('RE3', { channels: 1 })] }),
];
const AGENT_HZ = 500;
const CUSTOMER_HZ = 1500;

const toggle = async (element: AlmasarCallLog, at: number) => {
  rowOf(element, CALLS[at]!).querySelector<HTMLElement>('[part=details-button]')?.click();
  await settled(element);
};
const note = (element: AlmasarCallLog) => one<HTMLTextAreaElement>(element, '[part=note-field]');

describe('<almasar-call-log> notes', () => {
  let service: StubCalls;
  beforeEach(() => (service = serviceWith(CALLS)));
  afterEach(restoreService);
  const route = `PATCH /api/calls/${CALLS[0]!.callId}`;

  it('are saved when the service says so, and the page is told', async () => {
    const element = await mounted();
    const told = new Promise<object>((resolve) =>
      element.addEventListener('almasar-call-log-saved', ({ detail }) => resolve(detail), { once: true }),
    );
    await toggle(element, 0);
    expect(note(element).value).to.equal('first');
    write(note(element), 'second');
    const save = await drawn(element, '[part=save-button]');
    expect(rowOf(element, CALLS[0]!).querySelector('.note')?.textContent).to.equal('first');
    save.click();
    await waitUntil(() => textOf(element, '.told.saved').includes('Saved'));
    expect(service.heard.find((heard) => heard.route === route)?.body).to.include({ note: 'second' });
    expect(rowOf(element, CALLS[0]!).querySelector('.note')?.textContent).to.equal('second');
    expect(await told).to.deep.equal({
      callId: CALLS[0]!.callId,
      note: 'second',
      disposition: null,
      callBackAt: null,
    });
  });

  it('have the time to call again: shown, changed, taken away; what is no time to come is not sent', async () => {
    const at = new Date(Date.now() + 86_400_000);
    at.setSeconds(0, 0);
    const promised = { ...CALLS[0]!, callBack: { at: at.toISOString(), doneAt: null } };
    service = serviceWith([promised]);
    const element = await mounted();
    await toggle(element, 0);
    const field = () => one<HTMLInputElement>(element, '[part=call-back-field]');
    expect(new Date(field().value).getTime()).to.equal(at.getTime());
    const bodies = () => service.heard.filter((heard) => heard.route === route).map(({ body }) => body);
    const later = field().value.replace(/\d\d$/, (minute) => (minute === '59' ? '58' : '59'));
    const leave = async (value: string) => {
      choose(field(), value);
      field().dispatchEvent(new FocusEvent('blur'));
      await settled(element);
    };
    const told: object[] = [];
    element.addEventListener('almasar-call-log-saved', ({ detail }) => told.push(detail));
    await leave(later);
    await waitUntil(() => textOf(element, '.told.saved').includes('Saved'));
    const { callId } = CALLS[0]!;
    const callBackAt = new Date(later).toISOString();
    expect(told).to.deep.equal([{ callId, note: 'first', disposition: null, callBackAt }]);
    expect(bodies()).to.deep.equal([{ callBackAt: new Date(later).toISOString() }]);
    for (const refused of ['2020-01-01T09:00', `${at.getFullYear() + 3}-01-01T09:00`]) {
      await leave(refused);
      expect(textOf(element, '#call-back-refused')).to.equal('Choose a time to come, within a year.');
      await expect(element).to.be.accessible();
    }
    expect(bodies().length).to.equal(1);
    await leave('');
    expect(all(element, '#call-back-refused').length).to.equal(0);
    await waitUntil(() => bodies().length === 2);
    expect(bodies()[1]).to.deep.equal({ callBackAt: null });
    await waitUntil(() => told.length === 2);
    expect(told[1]).to.deep.include({ callBackAt: null });
    await expect(element).to.be.accessible();
  });

  it('a time that is typed is sent once it is left or Enter is pressed, not part by part', async () => {
    const soon = new Date(Date.now() + 40 * 86_400_000);
    // The field keeps to its year, and empties at a day that there is not.
    const at = new Date(soon.getFullYear(), soon.getMonth() > 8 ? 12 : soon.getMonth(), 8, 9);
    service = serviceWith([{ ...CALLS[0]!, callBack: { at: at.toISOString(), doneAt: null } }]);
    const element = await mounted();
    await toggle(element, 0);
    const field = one<HTMLInputElement>(element, '[part=call-back-field]');
    const bodies = () => service.heard.filter((heard) => heard.route === route).map(({ body }) => body);
    const type = async () => {
      field.focus();
      // Each part of the field is a value of its own.
      for (const press of ['ArrowUp', 'ArrowRight', 'ArrowUp']) await sendKeys({ press });
      await settled(element);
    };
    await type();
    expect(field.value).not.to.equal('');
    expect(new Date(field.value).getTime()).not.to.equal(at.getTime());
    expect(bodies()).to.deep.equal([]);
    const typed = new Date(field.value).toISOString();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => bodies().length === 1);
    expect(bodies()).to.deep.equal([{ callBackAt: typed }]);
    field.blur();
    await waitUntil(() => textOf(element, '.told.saved').includes('Saved'));
    expect(bodies().length).to.equal(1);
    await type();
    field.blur();
    await waitUntil(() => bodies().length === 2);
  });

  it('a time that is half filled in is explained; nothing is sent, and nothing of it lost', async () => {
    const at = new Date(Date.now() + 40 * 86_400_000);
    at.setSeconds(0, 0);
    const promised = { ...CALLS[0]!, callBack: { at: at.toISOString(), doneAt: null } };
    service = serviceWith([promised]);
    const element = await mounted();
    await toggle(element, 0);
    const field = one<HTMLInputElement>(element, '[part=call-back-field]');
    const before = field.value;
    const patches = () => service.heard.filter((heard) => heard.route === route).length;
    field.focus();
    await sendKeys({ press: 'Backspace' });
    field.blur();
    await settled(element);
    const half = 'Not saved: fill in the whole date and time, or clear the field.';
    expect(textOf(element, '#call-back-refused')).to.equal(half);
    expect([field.validity.badInput, field.ariaInvalid, patches()]).to.deep.equal([true, 'true', 0]);
    await expect(element).to.be.accessible();
    // What comes from elsewhere does not take the other half away.
    service.send({ ...promised, durationSeconds: 99, callBack: { at: '2027-01-01T09:00:00.000Z', doneAt: null } });
    await waitUntil(() => textOf(element, '[part=row]').includes('1:39'));
    expect(field.validity.badInput).to.equal(true);
    field.focus();
    await sendKeys({ type: before.slice(5, 7) });
    expect(field.value).to.equal(before);
    field.blur();
    await settled(element);
    expect(all(element, '#call-back-refused').length).to.equal(0);
  });

  it('that were saved here show what another tab saves after that', async () => {
    const at = '2027-03-01T09:00:00.000Z';
    const element = await mounted();
    await toggle(element, 0);
    const told = new Promise<object>((resolve) =>
      element.addEventListener('almasar-call-log-saved', ({ detail }) => resolve(detail), { once: true }),
    );
    write(note(element), 'second');
    (await drawn(element, '[part=save-button]')).click();
    await told;
    service.send({ ...CALLS[0]!, note: 'third', callBack: { at, doneAt: null } });
    await waitUntil(() => note(element).value === 'third');
    const field = one<HTMLInputElement>(element, '[part=call-back-field]');
    expect(new Date(field.value).toISOString()).to.equal(at);
  });

  it('say when the customer was called again', async () => {
    const doneAt = '2026-11-28T12:00:00.000Z';
    serviceWith([{ ...CALLS[0]!, callBack: { at: '2026-11-28T10:00:00.000Z', doneAt } }]);
    const element = await mounted();
    await toggle(element, 0);
    expect(textOf(element, '.editor')).to.include('Call-back done:').and.include('2026');
  });

  it('open in a list that scrolls from then on without making its columns narrower', async () => {
    const element = await mounted();
    // As on Windows and Linux: a scrollbar that takes its room.
    const bar = new CSSStyleSheet();
    bar.replaceSync('.scroller::-webkit-scrollbar { inline-size: 15px; }');
    element.shadowRoot!.adoptedStyleSheets.push(bar);
    const head = one(element, '.head');
    await settled(element);
    const { offsetWidth } = head;
    await toggle(element, 0);
    const scroller = one(element, '.scroller');
    expect(scroller.scrollHeight).to.be.above(scroller.clientHeight);
    expect(scroller.offsetWidth).to.be.above(scroller.clientWidth);
    expect(head.offsetWidth).to.equal(offsetWidth);
  });

  it('say that they are being saved, and keep what is written meanwhile', async () => {
    const element = await mounted();
    service.failing.set(route, 0);
    await toggle(element, 0);
    choose(note(element), 'second');
    await waitUntil(() => textOf(element, '.told.saving').includes('Saving…'));
    expect(rowOf(element, CALLS[0]!).querySelector('.note')?.textContent).to.equal('first');
    service.send({ ...CALLS[0]!, durationSeconds: 99 });
    await waitUntil(() => textOf(element, '[part=row]').includes('1:39'));
    expect(note(element).value).to.equal('second');
  });

  it('that could not be saved say so, stay through other rows, and are saved when tried again', async () => {
    const element = await mounted();
    service.failing.set(route, 500);
    await toggle(element, 0);
    choose(note(element), 'second');
    await drawn(element, '.told.failed');
    expect(one(element, '.told.failed [role=alert]').textContent).to.include('Not saved; your text is still here.');
    await expect(element).to.be.accessible();
    await toggle(element, 1);
    expect(rowOf(element, CALLS[0]!).querySelector('.unsaved')).to.not.equal(null);
    await toggle(element, 0);
    expect(note(element).value).to.equal('second');
    service.failing.clear();
    one(element, '.told [part=retry-button]').click();
    await drawn(element, '.told.saved');
    expect(rowOf(element, CALLS[0]!).querySelector('.unsaved')).to.equal(null);
  });

  it('outlive the element', async () => {
    const element = await mounted();
    await toggle(element, 0);
    write(note(element), 'half a sen');
    element.remove();
    const other = await mounted();
    await toggle(other, 0);
    expect(note(other).value).to.equal('half a sen');
  });

  it('have a disposition beside them, saved when chosen', async () => {
    const element = await mounted('ar');
    await toggle(element, 1);
    const field = await drawn(element, '[part=disposition-field]');
    choose(field as HTMLSelectElement, 'sold');
    await waitUntil(() => rowOf(element, CALLS[1]!).querySelector('[part=disposition]') !== null);
    expect(rowOf(element, CALLS[1]!).querySelector('[part=disposition]')?.textContent).to.equal('تم البيع');
    expect(service.heard.at(-1)?.body).to.deep.equal({ disposition: 'sold' });
    choose(field as HTMLSelectElement, '');
    await waitUntil(() => rowOf(element, CALLS[1]!).querySelector('[part=disposition]') === null);
    expect(service.heard.at(-1)?.body).to.deep.equal({ disposition: null });
  });
});

describe('<almasar-call-log> player', () => {
  let service: StubCalls;
  const taps: AnalyserNode[] = [];
  const Real = globalThis.AudioContext;

  /** What would be heard is also heard by the test. */
  class TappedContext extends Real {
    override get destination(): AudioDestinationNode {
      const tap = new AnalyserNode(this, { fftSize: 2048, smoothingTimeConstant: 0 });
      tap.connect(super.destination);
      taps.push(tap);
      return tap as unknown as AudioDestinationNode;
    }
  }

  beforeEach(() => {
    service = serviceWith(CALLS);
    service.recordingUrl = URL.createObjectURL(stereoTones(AGENT_HZ, CUSTOMER_HZ, 4));
    globalThis.AudioContext = TappedContext;
    taps.length = 0;
  });
  afterEach(() => {
    globalThis.AudioContext = Real;
    URL.revokeObjectURL(service.recordingUrl);
    restoreService();
  });

  const press = async (element: AlmasarCallLog, selector: string) => {
    const { x, y, width, height } = (await drawn(element, selector)).getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
    await settled(element);
  };
  const position = (element: AlmasarCallLog) => all<HTMLInputElement>(element, '[part=seek]')[0]?.valueAsNumber ?? 0;
  const choices = (element: AlmasarCallLog) => all<HTMLInputElement>(element, '[part=sides] input');

  /** Strength of both tones in what is heard, in dB. */
  function tones(): [number, number] {
    const tap = taps.at(-1)!;
    const bins = new Float32Array(tap.frequencyBinCount);
    tap.getFloatFrequencyData(bins);
    const at = (hz: number) => bins[Math.round((hz * tap.fftSize) / tap.context.sampleRate)] ?? -Infinity;
    return [at(AGENT_HZ), at(CUSTOMER_HZ)];
  }

  it('plays, pauses, seeks, and asks for a link only then', async () => {
    const element = await mounted('en', 700);
    await toggle(element, 0);
    const links = () => service.heard.filter(({ route }) => route.includes('/recordings/'));
    expect(links()).to.have.length(0);
    expect(one<HTMLInputElement>(element, '[part=seek]').disabled).to.equal(true);
    await press(element, '[part=play-button]');
    await waitUntil(() => position(element) > 0.2, 'it plays');
    expect(one(element, '[part=play-button]').ariaLabel).to.equal('Pause');
    expect(links()).to.have.length(1);
    write(one<HTMLInputElement>(element, '[part=seek]'), '3');
    await waitUntil(() => position(element) >= 3, 'it plays from there');
    await press(element, '[part=play-button]');
    await waitUntil(() => one(element, '[part=play-button]').ariaLabel === 'Play recording');
    // On a busy machine it has played on before it pauses.
    const at = Math.floor(position(element));
    expect(one(element, '[part=seek]').getAttribute('aria-valuetext')).to.equal(`0:0${at} of 0:04`);
    await press(element, '[part=play-button]');
    await waitUntil(() => one(element, '[part=play-button]').ariaLabel === 'Pause');
    expect(links()).to.have.length(1);
    await waitUntil(() => one(element, '[part=play-button]').ariaLabel === 'Play recording', 'it ends');
    expect(position(element)).to.equal(0);
  });

  it('lets the agent, the customer or both be heard', async () => {
    const element = await mounted('en', 700);
    await press(element, '[part=quick-play-button]');
    await waitUntil(() => position(element) > 0.1);
    expect(choices(element).map(({ value, checked }) => [value, checked])).to.deep.equal([
      ['both', true],
      ['agent', false],
      ['customer', false],
    ]);
    const heard = (agent: boolean, customer: boolean) => {
      const [left, right] = tones();
      return left > -60 === agent && right > -60 === customer;
    };
    choices(element)[1]!.click();
    await waitUntil(() => heard(true, false), 'the agent only');
    choices(element)[2]!.click();
    await waitUntil(() => heard(false, true), 'the customer only');
    choices(element)[0]!.click();
    await waitUntil(() => heard(true, true), 'both');
  });

  it('plays at the speed chosen', async () => {
    const element = await mounted('en', 700);
    await press(element, '[part=quick-play-button]');
    await waitUntil(() => position(element) > 0.1);
    const speeds = [...one<HTMLSelectElement>(element, '[part=speed]').options].map(({ value }) => value);
    expect(speeds).to.deep.equal(['1', '1.25', '1.5', '2']);
    const played: number[] = [];
    const descriptor = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate')!;
    Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', {
      ...descriptor,
      set(this: HTMLMediaElement, rate: number) {
        descriptor.set?.call(this, rate);
        played.push(this.playbackRate);
      },
    });
    choose(one<HTMLSelectElement>(element, '[part=speed]'), '2');
    Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', descriptor);
    expect(played).to.deep.equal([2]);
  });

  it('offers no sides of a recording with one channel', async () => {
    const element = await mounted('en', 700);
    await toggle(element, 2);
    expect(all(element, '[part=player]')).to.have.length(1);
    expect(all(element, '[part=sides]')).to.have.length(0);
  });

  it('is silent when another one begins, and when the element goes', async () => {
    const element = await mounted('en', 700);
    await press(element, '[part=quick-play-button]');
    await waitUntil(() => position(element) > 0.1);
    rowOf(element, CALLS[1]!).querySelector<HTMLElement>('[part=quick-play-button]')?.click();
    await waitUntil(() => service.heard.at(-1)?.route.endsWith('RE2') ?? false);
    await waitUntil(() => all(element, '[part=play-button]')[0]?.ariaLabel === 'Pause');
    element.remove();
    await settled(element);
    expect(one(element, '[part=play-button]').ariaLabel).to.equal('Play recording');
  });

  it('says that a recording could not be played or downloaded, and tries again', async () => {
    const element = await mounted('en', 700);
    const route = `GET /api/calls/${CALLS[0]!.callId}/recordings/RE1`;
    service.failing.set(route, 500);
    await toggle(element, 0);
    await press(element, '[part=play-button]');
    await waitUntil(() => textOf(element, '[part=player]').includes('could not be played'));
    await press(element, '[part=download-button]');
    await waitUntil(() => textOf(element, '[part=player]').includes('could not be downloaded'));
    await expect(element).to.be.accessible();
    service.failing.clear();
    await press(element, '[part=play-button]');
    await waitUntil(() => position(element) > 0.1);
  });
});
