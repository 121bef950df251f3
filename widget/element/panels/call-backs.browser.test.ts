import { expect } from '@open-wc/testing';
import { ProblemError } from '../../core/problem-error.ts';
import type { CallBack } from '../../core/dialer.ts';
import { listOf } from './testing/scripted-ports.ts';
import { all, button, find, staged, textOf } from './testing/panel-stage.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const many = (from: number, to: number): CallBack[] =>
  Array.from({ length: to - from }, (_, at) => ({
    callId: `call ${from + at}`,
    number: `+20100${String(1_000_000 + from + at)}`,
    name: `عميل ${from + at}`,
    record: true,
    note: null,
    dueAt: Date.now() - 60_000,
  }));

describe('the panel of call-backs', () => {
  it('says how many there are beyond those it has, and brings them as its end comes near', async () => {
    const stage = await staged('call-backs');
    const { scripted, t } = stage;
    scripted.callBackLists[0]!.resolve(listOf(many(0, 100), 130));
    await stage.settled();
    expect(find(stage, '.pane-heard[role=status]:not(:empty)').textContent.trim()).to.equal('230 call-backs');
    expect(button(stage, t.callBacks.more(130, '130'))).not.to.equal(undefined);
    await expect(stage).to.be.accessible();
    const pane = find(stage, '.pane');
    pane.scrollTop = pane.scrollHeight;
    await waitUntil(() => scripted.callBackLists.length === 2);
    // Scrolled on while they are on their way.
    pane.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    pane.scrollTop = pane.scrollHeight;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    expect(scripted.callBacksWanted).to.deep.equal([100, 200]);
    scripted.callBackLists[1]!.resolve(listOf(many(0, 200), 30));
    await stage.settled();
    expect(all(stage, 'li').length).to.equal(200);
    expect(pane.scrollTop).to.be.above(0);

    // By a press, and what could not be brought is tried again; an event meanwhile keeps what was read.
    button(stage, t.callBacks.more(30, '30')).click();
    await stage.settled();
    scripted.callBackLists[2]!.reject(new ProblemError('service-unreachable', 'away'));
    await stage.settled();
    expect(textOf(stage)).to.include(stage.problems['service-unreachable'].title);
    expect(all(stage, 'li').length).to.equal(200);
    button(stage, t.retry).click();
    await stage.settled();
    scripted.callBackLists[3]!.resolve(listOf(many(0, 230)));
    await stage.settled();
    expect(all(stage, 'li').length).to.equal(230);
    expect(textOf(stage)).not.to.include('more call-backs');
    for (const listener of scripted.callBackListeners) listener();
    await stage.settled();
    expect(scripted.callBacksWanted).to.deep.equal([100, 200, 300, 300, 300]);
  });

  it('the second click of a double click does nothing to the row that has come under it', async () => {
    const stage = await staged('call-backs');
    const { scripted, t } = stage;
    const [first, next, last] = many(0, 3) as [CallBack, CallBack, CallBack];
    const named = (call: CallBack) => `\u2068${call.name}\u2069`;
    scripted.callBackLists[0]!.resolve(listOf([first, next, last]));
    await stage.settled();
    button(stage, t.callBacks.done(named(first))).click();
    await stage.settled();
    scripted.callBackLists[1]!.resolve(listOf([next, last]));
    await stage.settled();
    button(stage, t.callBacks.done(named(next))).click();
    button(stage, t.recents.callBack(named(next))).click();
    await stage.settled();
    expect([scripted.asked, stage.asked]).to.deep.equal([[['setDone', first.callId, true]], []]);
    // Meant for that one.
    button(stage, t.callBacks.undo).click();
    await stage.settled();
    expect(scripted.asked.at(-1)).to.deep.equal(['setDone', first.callId, false]);
    scripted.callBackLists[2]!.resolve(listOf([first, next, last]));
    await waitUntil(async () => {
      button(stage, t.callBacks.done(named(next))).click();
      await stage.settled();
      return scripted.asked.length === 3;
    });
    expect(scripted.asked.at(-1)).to.deep.equal(['setDone', next.callId, true]);
  });

  it('nor when the service took long to answer the first', async () => {
    const stage = await staged('call-backs');
    const { scripted, t } = stage;
    const [first, next] = many(0, 2) as [CallBack, CallBack];
    const { now } = Date;
    scripted.callBackLists[0]!.resolve(listOf([first, next]));
    await stage.settled();
    try {
      button(stage, t.callBacks.done(`\u2068${first.name}\u2069`)).click();
      await stage.settled();
      Date.now = () => now() + 1000;
      scripted.callBackLists[1]!.resolve(listOf([next]));
      await stage.settled();
      button(stage, t.callBacks.done(`\u2068${next.name}\u2069`)).click();
      await stage.settled();
      expect(scripted.asked).to.deep.equal([['setDone', first.callId, true]]);
    } finally {
      Date.now = now;
    }
  });

  it('whoever asks for more by the keyboard goes on at the first new one', async () => {
    const stage = await staged('call-backs');
    const { scripted, t } = stage;
    scripted.callBackLists[0]!.resolve(listOf(many(0, 100), 130));
    await stage.settled();
    const more = async (left: number, to: number) => {
      const pressed = button(stage, t.callBacks.more(left, String(left)));
      pressed.focus({ preventScroll: true });
      pressed.click();
      await stage.settled();
      scripted.callBackLists.at(-1)!.resolve(listOf(many(0, to), 230 - to));
      await stage.settled();
    };
    for (const [left, from, to] of [
      [130, 100, 200],
      [30, 200, 230],
    ] as const) {
      await more(left, to);
      await waitUntil(() => all(stage, ':focus')[0]?.closest('li')?.dataset.call === `call ${from}`);
      expect(find(stage, ':focus').matches('.pane-dial')).to.equal(true);
    }
  });

  it('a customer who withheld the number stands there in words, and is not to be dialled', async () => {
    const stage = await staged('call-backs', 'ar');
    const { scripted, t } = stage;
    scripted.callBackLists[0]!.resolve(listOf([{ ...many(0, 1)[0]!, number: '', name: null, note: 'تليفون الشغل' }]));
    await stage.settled();
    expect(textOf(stage)).to.include(t.recents.hidden);
    expect(button(stage, t.recents.callBack(`\u2068${t.recents.hidden}\u2069`)).disabled).to.equal(true);
    await expect(stage).to.be.accessible();
  });
});
