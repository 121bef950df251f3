import type { AlmasarDialer } from '../almasar-dialer.ts';
import type { ShownFace } from './faces.ts';
import type { ScriptedDialer } from './scripted-dialer.ts';

/** The agent writes a note in the open panel, and somebody else has written another of the same call meanwhile. */
export function writeBoth(
  element: AlmasarDialer,
  { wrapUpListeners }: ScriptedDialer,
  { mine, theirs }: NonNullable<ShownFace['notes']>,
): void {
  const field = element.shadowRoot!.querySelector<HTMLTextAreaElement>('.pane-note')!;
  field.value = mine;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  for (const listener of wrapUpListeners) listener({ note: theirs, disposition: null, callBackAt: null });
}
