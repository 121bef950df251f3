/** Runs in the page: draws the element on a dialer that is in whatever state it is told. No phone, no network. */
import type { AlmasarDialer as Element } from '../../widget/element/almasar-dialer.ts';
import { AlmasarDialer } from '../../widget/element/almasar-dialer.ts';
import { DISPOSITIONS, ScriptedAudio, ScriptedLineCheck } from '../../widget/element/panels/testing/scripted-ports.ts';
import type { CallBack } from '../../widget/core/dialer.ts';
import { ScriptedDialer, stateIn } from '../../widget/element/testing/scripted-dialer.ts';
import { writeBoth } from '../../widget/element/testing/write-both.ts';
import { memoryStorage } from '../../widget/testing/memory-storage.ts';
import type { Shot } from './states.ts';

let callBacks: readonly CallBack[] = [];
let dialer: ScriptedDialer | undefined;
AlmasarDialer.createDialer = (settings) => {
  dialer = new ScriptedDialer(settings);
  dialer.labels = DISPOSITIONS;
  dialer.toCallBack = callBacks;
  dialer.devices = new ScriptedAudio();
  dialer.check = new ScriptedLineCheck();
  dialer.recent = (['answered', 'missed', 'busy'] as const).map((outcome, index) => ({
    callId: String(index),
    direction: index === 1 ? 'incoming' : 'outgoing',
    number: `+20100123450${index}`,
    name: index === 2 ? null : 'منى السيد',
    outcome,
    record: true,
    at: Date.now() - index * 3_600_000,
  }));
  return dialer;
};
customElements.define('almasar-dialer', AlmasarDialer);
// A page without an address has none of its own.
Object.defineProperty(window, 'localStorage', { value: memoryStorage() });

async function drawn(element: Element): Promise<void> {
  await element.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

function part(element: Element, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~='${name}']`);
  if (!found) throw new Error(`No part “${name}” in phase ${element.phase}.`);
  return found;
}

/** The page's policy refuses an address: only the event. */
function refuseByPolicy(blockedURI: string): void {
  const refusal = { blockedURI, effectiveDirective: 'connect-src', disposition: 'enforce' } as const;
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), refusal));
}

/** Replaces what is on the stage; resolves when it is drawn and every step has been taken. */
async function show(shot: Shot, language: 'ar' | 'en'): Promise<void> {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  localStorage.clear();
  if (shot.left) localStorage.setItem('almasar-dialer:left-in-call', 'cut');
  const element = document.createElement('almasar-dialer');
  if (!shot.notSetUp) {
    element.receiveCalls = true;
    element.service = 'https://service.example';
    element.getAuthToken = () => Promise.resolve('');
  }
  if (shot.customer) {
    const customer = document.createElement('p');
    customer.slot = 'customer';
    customer.textContent = shot.customer;
    element.append(customer);
  }
  callBacks = shot.callBacks ?? [];
  element.pauseForWrapUp = shot.pauses ?? false;
  document.body.replaceChildren(element);
  element.collapsed = shot.collapsed ?? false;
  await drawn(element);
  if (shot.refused || shot.pauses) dialer?.become(stateIn('open', {}, { reach: 'ready' }));
  if (shot.refused) element.dial(shot.refused);
  if (shot.pauses) for (let turn = 0; turn < 3; turn += 1) await drawn(element);
  if (dialer && shot.callerIds) dialer.callerIdChoice.numbers = shot.callerIds;
  if (!shot.notSetUp) dialer?.become(shot.state);
  await drawn(element);
  if (shot.pausing) {
    for (let turn = 0; turn < 3; turn += 1) await drawn(element);
    const answer = shot.pausing === 'not-yet' ? new Promise<never>(() => {}) : Promise.resolve(shot.pausing);
    if (dialer) dialer.pauseResult = answer;
    part(element, 'pause-recording-button').click();
    await drawn(element);
  }
  if (shot.chosen) dialer?.callerIdChoice.choose(shot.chosen);
  if (shot.blocked) refuseByPolicy(shot.blocked);
  if (shot.panel) element.openPanel(shot.panel);
  // Panels and views come in scripts of their own.
  for (let turn = 0; turn < 3; turn += 1) await drawn(element);
  if (dialer && shot.notes) writeBoth(element, dialer, shot.notes);
  for (const step of shot.steps ?? []) {
    if ('press' in step) part(element, step.press).click();
    else {
      const field = part(element, step.into) as HTMLInputElement;
      field.value = step.write;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
    await drawn(element);
  }
  if (shot.level) for (const listener of dialer?.levels ?? []) listener(shot.level);
}

Object.assign(window, { show });
