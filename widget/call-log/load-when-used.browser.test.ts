import { aTimeout, expect } from '@open-wc/testing';
import { loadWhenUsed } from './load-when-used.ts';
import { waitUntil } from '../testing/wait-until.ts';

describe('the call log’s script', () => {
  it('is loaded once the page has the element, however late, and once only', async () => {
    let loads = 0;
    loadWhenUsed(async () => (loads += 1));
    document.body.append(document.createElement('p'));
    await aTimeout(100);
    expect(loads).to.equal(0);
    const log = document.createElement('almasar-call-log');
    document.body.append(log);
    await waitUntil(() => loads === 1);
    document.body.append(document.createElement('almasar-call-log'));
    await aTimeout(100);
    expect(loads).to.equal(1);
    for (const element of document.querySelectorAll('almasar-call-log')) element.remove();
  });

  it('that could not be loaded is asked for again when the page changes', async () => {
    const log = document.createElement('almasar-call-log');
    document.body.append(log);
    let loads = 0;
    loadWhenUsed(async () => {
      loads += 1;
      if (loads === 1) throw new Error('offline');
    });
    await aTimeout(50);
    document.body.append(document.createElement('p'));
    await waitUntil(() => loads === 2);
    log.remove();
  });
});
