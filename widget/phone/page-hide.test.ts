import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardLeaving } from './leave-guard.ts';
import { withoutPageHide } from './page-hide.ts';

test('what would hear pagehide is given back, all other listeners are added, and the page is as it was', () => {
  const page = new EventTarget();
  const heard: string[] = [];
  const listen = (name: string) => (event: Event) => void heard.push(`${name} ${event.type}`);
  const [made, onPageHide] = withoutPageHide(page, () => {
    page.addEventListener('pagehide', listen('sdk'));
    page.addEventListener('pagehide', { handleEvent: listen('sdk object') });
    page.addEventListener('pageshow', listen('sdk'));
    return 'made';
  });
  assert.equal(made, 'made');
  assert.equal(Object.hasOwn(page, 'addEventListener'), false);
  page.addEventListener('pagehide', listen('page'));
  page.dispatchEvent(new Event('pagehide'));
  page.dispatchEvent(new Event('pageshow'));
  assert.deepEqual(heard, ['page pagehide', 'sdk pageshow']);
  onPageHide(new Event('pagehide'));
  assert.deepEqual(heard.slice(2), ['sdk pagehide', 'sdk object pagehide']);
});

test("the host page's own addEventListener is used, and put back, also when the making fails", () => {
  const page = new EventTarget();
  const types: string[] = [];
  const own = (type: string) => void types.push(type);
  Object.assign(page, { addEventListener: own });
  assert.throws(() =>
    withoutPageHide(page, () => {
      page.addEventListener('pageshow', () => {});
      throw new Error('no');
    }),
  );
  assert.deepEqual(types, ['pageshow']);
  assert.equal(Object.getOwnPropertyDescriptor(page, 'addEventListener')?.value, own);
});

test('the guard asks while it is on, once however often it was put on', () => {
  const page = new EventTarget();
  const leave = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  assert.equal(leave(), false);
  guardLeaving(page, true);
  guardLeaving(page, true);
  assert.equal(leave(), true);
  guardLeaving(page, false);
  assert.equal(leave(), false);
});
