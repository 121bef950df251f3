import type { Call } from '../../core/state.ts';
import type { FirstMessages } from '../../locales/messages.ts';
import { shownNumber } from '../shown-number.ts';

/** The other side in one line of plain text: the name, else the number, unless that is hidden. */
export function who(t: FirstMessages, { name, number }: Call): string {
  return name ?? (shownNumber(number) || t.hiddenNumber);
}

/** The direction of that line: numbers are always left to right. */
export function whoDir({ name, number }: Call): 'auto' | 'ltr' {
  return name || !number ? 'auto' : 'ltr';
}
