import { parseDialString } from './core/dial-string.ts';
import { loadNumberRules } from './phone-dialer.ts';

/** The number, in E.164, that is called for one as a person writes it in a country; null while it is none. */
export type CalledNumber = (written: string) => string | null;

/** By the rules of a country (ISO 3166-1 alpha-2), which come with the phone's own script. */
export async function loadCalledNumber(country: string): Promise<CalledNumber> {
  // This module is built into `chunks/`, beside the rules.
  const rules = await loadNumberRules(country, new URL('../', import.meta.url));
  return (written) => {
    const verdict = rules(parseDialString(written).number);
    return 'to' in verdict ? verdict.to : null;
  };
}
