import { expect } from '@open-wc/testing';
import type { SettingsAnswer } from '../service/contract.ts';
import { loadCallerIds } from './caller-ids.ts';
import { waitUntil } from './testing/wait-until.ts';

const NUMBERS = [
  { number: '+20224610000', label: { ar: 'المبيعات', en: 'Sales' } },
  { number: '+20224610001', label: null },
];

const SETTINGS = { service: 'https://service.example', phoneWindow: false };

const load = (agent: string) =>
  loadCallerIds(
    {
      agentId: async () => agent,
      settings: async () => ({ callerIds: NUMBERS }) as unknown as SettingsAnswer,
    },
    SETTINGS,
  );

describe('the numbers that customers see', () => {
  afterEach(() => localStorage.clear());

  it('are the service’s; the choice is kept for the agent, heard of in this tab, and not another agent’s', async () => {
    const [mine, again, others] = [await load('mona'), await load('mona'), await load('karim')];
    expect(mine.numbers).to.deep.equal(NUMBERS);
    expect(mine.chosen()).to.equal(null);
    let heard = 0;
    const stop = again.subscribe(() => (heard += 1));
    mine.choose('+20224610001');
    expect([again.chosen(), others.chosen(), heard]).to.deep.equal(['+20224610001', null, 1]);
    stop();
    mine.choose(null);
    expect([again.chosen(), heard]).to.deep.equal([null, 1]);
  });

  it('are followed when they are chosen in another tab', async () => {
    const mine = await load('mona');
    let heard = 0;
    const stop = mine.subscribe(() => (heard += 1));
    const other = document.createElement('iframe');
    document.body.append(other);
    const storage = other.contentWindow!.localStorage;
    storage.setItem('something-else', '1');
    storage.setItem('almasar-dialer:https://service.example:mona:caller-id', '+20224610000');
    await waitUntil(() => heard > 0);
    expect([mine.chosen(), heard]).to.deep.equal(['+20224610000', 1]);
    stop();
    other.remove();
  });
});
