import { fixture, html, waitUntil } from '@open-wc/testing';
import type { CallerId } from '../../core/dialer.ts';
import type { DialerState } from '../../core/state.ts';
import { AlmasarDialer } from '../almasar-dialer.ts';
import type { ShownFace } from './faces.ts';
import { ScriptedDialer, stateIn } from './scripted-dialer.ts';
import { writeBoth } from './write-both.ts';

/** Where a page keeps that it was left during a call. */
const LEFT = 'almasar-dialer:left-in-call';

const made: ScriptedDialer[] = [];

AlmasarDialer.createDialer = (settings) => {
  const dialer = new ScriptedDialer(settings);
  made.push(dialer);
  return dialer;
};
if (!customElements.get('almasar-dialer')) customElements.define('almasar-dialer', AlmasarDialer);

/** Every Dialer made so far by elements of this page, the last one last. */
export function dialersMade(): readonly ScriptedDialer[] {
  return made;
}

/** An element in the page, set up, with the Dialer it made. */
export async function mounted(lang = 'en'): Promise<{ element: AlmasarDialer; dialer: ScriptedDialer }> {
  const element = await fixture<AlmasarDialer>(
    html`<almasar-dialer
      lang=${lang}
      service="https://service.example"
      auth-endpoint="/auth"
      receive-calls
    ></almasar-dialer>`,
  );
  await settled(element);
  const dialer = made.at(-1);
  if (!dialer) throw new Error('The element made no dialer.');
  return { element, dialer };
}

/** Puts the phone in a state and waits until the element shows it. */
export async function show(element: AlmasarDialer, dialer: ScriptedDialer, state: DialerState): Promise<void> {
  dialer.become(state);
  await settled(element);
}

/** An element that looks like one of FACES. */
export async function faced(face: ShownFace, lang = 'en'): Promise<AlmasarDialer> {
  if (face.notSetUp) {
    const element = await fixture<AlmasarDialer>(html`<almasar-dialer lang=${lang}></almasar-dialer>`);
    await settled(element);
    return element;
  }
  if (face.left) localStorage.setItem(LEFT, 'cut');
  const { element, dialer } = await mounted(lang);
  localStorage.removeItem(LEFT);
  if (face.callerIds) await offer(element, dialer, face.callerIds, face.chosen);
  element.pauseForWrapUp = face.pauses ?? false;
  await settled(element);
  dialer.toCallBack = face.callBacks ?? [];
  if (face.refused) await refuse(element, dialer, face.refused);
  // Its script comes with a call, or once the page is idle.
  if (face.left || face.pauses || face.callBacks) await show(element, dialer, stateIn('open', {}, { reach: 'ready' }));
  await show(element, dialer, face.state);
  // They are asked for once the phone is idle.
  if (face.callBacks) await new Promise((resolve) => setTimeout(resolve));
  if (face.pausing) await askForPause(element, dialer, face.pausing);
  if (face.blocked) refuseByPolicy(face.blocked);
  if (face.panel) element.openPanel(face.panel);
  element.collapsed = face.collapsed ?? false;
  await settled(element);
  if (face.notes) writeBoth(element, dialer, face.notes);
  await settled(element);
  return element;
}

/** The button is pressed that pauses the recording, or has it go on. */
export async function askForPause(
  element: AlmasarDialer,
  dialer: ScriptedDialer,
  answer: NonNullable<ShownFace['pausing']> | 'done',
): Promise<void> {
  dialer.pauseResult = answer === 'not-yet' ? new Promise(() => {}) : Promise.resolve(answer);
  part(element, 'pause-recording-button').click();
  await settled(element);
}

/** The page's policy refuses an address: only the event, since a policy cannot be taken back. */
export function refuseByPolicy(blockedURI: string): void {
  const refusal = {
    blockedURI,
    effectiveDirective: 'connect-src',
    violatedDirective: 'connect-src',
    disposition: 'enforce',
    documentURI: location.href,
    originalPolicy: '',
    statusCode: 200,
  } as const;
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', refusal));
}

/** The agent may show these; shown once all of the element has arrived, as after a while in an idle page. */
export async function offer(
  element: AlmasarDialer,
  { callerIdChoice }: ScriptedDialer,
  numbers: readonly CallerId[],
  chosen?: string,
): Promise<void> {
  callerIdChoice.numbers = numbers;
  element.prepare();
  await waitUntil(() => callerIdChoice.followed, 'the choice was not drawn');
  callerIdChoice.choose(chosen ?? null);
  await settled(element);
}

/** A number is clicked during a call. */
async function refuse(element: AlmasarDialer, dialer: ScriptedDialer, number: string): Promise<void> {
  await show(element, dialer, stateIn('open'));
  element.dial(number);
}

/** The element has drawn all it has to, and nothing moves any more. */
export async function settled(element: AlmasarDialer): Promise<void> {
  // What arrives late (views, words, a panel) asks for an update of its own.
  for (let update = 0; update < 3; update += 1) await element.updateComplete;
  const animations = element.shadowRoot?.getAnimations() ?? [];
  for (const animation of animations) if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
}

/** One part of the element. Throws when it is not drawn. */
export function part(element: AlmasarDialer, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~='${name}']`);
  if (!found) throw new Error(`No part "${name}" in phase ${element.phase}.`);
  return found;
}

/** The number field. */
export function fieldOf(element: AlmasarDialer): HTMLInputElement {
  const field = part(element, 'field');
  if (!(field instanceof HTMLInputElement)) throw new Error('The number field is no input.');
  return field;
}

export function hasPart(element: AlmasarDialer, name: string): boolean {
  return Boolean(element.shadowRoot?.querySelector(`[part~='${name}']`));
}

/** What a person reads in the element, without what is only heard. */
export function textOf(element: AlmasarDialer): string {
  return part(element, 'panel').innerText.replace(/\s+/g, ' ').trim();
}
