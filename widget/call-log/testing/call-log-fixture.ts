import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { CallRecord } from '../../../service/contract.ts';
import type { AlmasarCallLog } from '../almasar-call-log.ts';
import '../define.ts';
import { StubCalls } from './stub-calls.ts';

let stub: StubCalls | undefined;

/** The service the next element speaks to; call `restoreService` after each test. */
export function serviceWith(calls: readonly CallRecord[]): StubCalls {
  stub?.restore();
  stub = new StubCalls(calls);
  return stub;
}

export function restoreService(): void {
  stub?.restore();
  stub = undefined;
  sessionStorage.clear();
  document.documentElement.style.colorScheme = document.documentElement.style.background = '';
}

/** An element in the page, set up, in a place of this width. It may still be loading. */
export async function placed(lang = 'en', width = 1000): Promise<AlmasarCallLog> {
  const place = await fixture<HTMLElement>(
    html`<div .style=${`inline-size: ${width}px`}>
      <almasar-call-log lang=${lang} service="https://service.example" auth-endpoint="/auth"></almasar-call-log>
    </div>`,
  );
  const element = place.querySelector('almasar-call-log')!;
  await element.updateComplete;
  return element;
}

/** The same, with its first calls. */
export async function mounted(lang = 'en', width = 1000): Promise<AlmasarCallLog> {
  const element = await placed(lang, width);
  await drawn(element, '[part=row]');
  return element;
}

/** Everything that fits a selector inside the element. */
export function all<E extends HTMLElement = HTMLElement>(element: AlmasarCallLog, selector: string): E[] {
  return [...(element.shadowRoot?.querySelectorAll<E>(selector) ?? [])];
}

/** The first of them, taken for an element of that kind. Throws when there is none. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function one<E extends HTMLElement = HTMLElement>(element: AlmasarCallLog, selector: string): E {
  const [found] = all<E>(element, selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

/** Waits until it is drawn. */
export async function drawn(element: AlmasarCallLog, selector: string): Promise<HTMLElement> {
  await waitUntil(() => all(element, selector).length > 0, `${selector} is drawn`);
  await settled(element);
  return one(element, selector);
}

/** Measured and drawn again. */
export async function settled(element: AlmasarCallLog): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }
}

/** What a person reads there; nothing while it is not drawn. */
export function textOf(element: AlmasarCallLog, selector = '[part=frame]'): string {
  return (all(element, selector)[0]?.innerText ?? '').replace(/\s+/g, ' ').trim();
}

/** The row of a call. */
export function rowOf(element: AlmasarCallLog, { callId }: CallRecord): HTMLElement {
  return one(element, `[data-call-id="${callId}"]`);
}

export function write(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

export function choose(field: HTMLSelectElement | HTMLInputElement | HTMLTextAreaElement, value: string): void {
  write(field, value);
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Paints the page in a scheme, as a page with both would. */
export function paint(scheme: string): void {
  document.documentElement.style.colorScheme = scheme;
  document.documentElement.style.background = 'Canvas';
}

/** Held against axe in both schemes, as it is drawn. */
export async function accessible(element: AlmasarCallLog): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    paint(scheme);
    await settled(element);
    for (const animation of element.shadowRoot?.getAnimations() ?? []) {
      if (animation instanceof CSSTransition) animation.finish();
      else animation.cancel();
    }
    await expect(element).to.be.accessible();
  }
}
