import { parseDialString } from './core/dial-string.ts';
import type { AlmasarDialer } from './element/almasar-dialer.ts';
import { loadNumberRules } from './phone-dialer.ts';
import { detectNumbers } from './tel-links/detect-numbers.ts';

/** Detects numbers in the document of an element, by the rules of its country, and calls them through it. */
export async function detectInPage(element: AlmasarDialer, base: URL): Promise<() => void> {
  const rules = await loadNumberRules(element.defaultCountry.trim().toUpperCase(), base);
  return detectNumbers(element.ownerDocument, {
    isNumber: (text) => 'to' in rules(parseDialString(text).number),
    onDial: (to) => element.dial(to),
    words: () => element.words,
  });
}
