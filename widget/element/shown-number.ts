import type { HomeForm } from '../core/home-form.ts';
import { spaced } from './dial-string.ts';

/** One for a page: an agent has one home, whichever element came last. */
let home: HomeForm | undefined;

/** From now on numbers of home are shown so; without, as those of any country. */
export function showNumbersBy(form: HomeForm | undefined): void {
  home = form;
}

/** A number in E.164 for the eye: one of home as people write it there, any other with its country (`+966 501 234 567`). */
export function shownNumber(e164: string): string {
  return home?.write(e164) ?? spaced(e164);
}

/** The number in E.164 that is shown as this text; undefined for what is no number of home. */
export function numberShownAs(text: string): string | undefined {
  return home?.read(text);
}
