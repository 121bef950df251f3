import { expect, waitUntil } from '@open-wc/testing';
import { ProblemError } from '../../core/problem-error.ts';
import type { CallBack } from '../../core/dialer.ts';
import { listOf } from './testing/scripted-ports.ts';
import { all, button, find, staged, textOf } from './testing/panel-stage.ts';

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
