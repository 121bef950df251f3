/** Runs in the page: draws the call log on a service that answers as it is told. Nothing is fetched from anywhere. */
import '../../widget/call-log/define.ts';
import type { AlmasarCallLog } from '../../widget/call-log/almasar-call-log.ts';
import { StubCalls } from '../../widget/call-log/testing/stub-calls.ts';
import { memoryStorage } from '../../widget/testing/memory-storage.ts';
import type { LogShot } from './log-states.ts';

/** Longer than the pause after which typing is a search. */
const TYPED_MS = 350;

// A page without an address has none of its own.
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { value: memoryStorage(), configurable: true });

let service: StubCalls | undefined;

async function drawn(element: AlmasarCallLog): Promise<void> {
  for (let frame = 0; frame < 4; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }
}

/** Waits for it, since it comes with an answer or a script of its own. */
async function found(element: AlmasarCallLog, selector: string): Promise<HTMLElement> {
  for (let turn = 0; turn < 100; turn += 1) {
    const it = element.shadowRoot?.querySelector<HTMLElement>(selector);
    if (it) return it;
    await drawn(element);
  }
  throw new Error(`There is no ${selector}.`);
}

/** Replaces what is on the stage; resolves when it is drawn and every step has been taken. */
async function showLog(shot: LogShot, language: 'ar' | 'en'): Promise<void> {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  service?.restore();
  service = new StubCalls(shot.calls ?? []);
  service.audit = shot.deeds ?? [];
  for (const [route, status] of Object.entries(shot.failing ?? {})) service.failing.set(route, status);
  const agents = [
    { id: 'mona', name: 'منى السيد' },
    { id: 'karim', name: 'كريم عادل' },
  ];
  if (shot.role) service.settings = { ...service.settings, role: shot.role, agents };
  const element = document.createElement('almasar-call-log');
  if (!shot.notSetUp) {
    element.service = 'https://service.example';
    element.getAuthToken = () => Promise.resolve('x.e30.');
  }
  document.body.replaceChildren(element);
  await found(element, shot.calls ? '[part=row]' : '[part=loading], [part=empty], [part=error], [part=setup]');
  // A list that is empty or cannot be read is loading at first.
  await new Promise((resolve) => setTimeout(resolve, shot.calls ? 0 : TYPED_MS));
  await drawn(element);
  if (shot.open !== undefined) element.open(shot.calls![shot.open]!.callId);
  await drawn(element);
  for (const step of shot.steps ?? []) {
    if ('press' in step) (await found(element, `[part~='${step.press}']`)).click();
    else {
      const field = (await found(element, `[part~='${step.into}']`)) as HTMLInputElement;
      field.value = step.write;
      field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      await new Promise((resolve) => setTimeout(resolve, TYPED_MS));
    }
    await drawn(element);
  }
}

Object.assign(window, { showLog });
