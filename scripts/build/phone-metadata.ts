import type { Plugin } from 'rollup';
import { COUNTRIES, countryRules, numberForms } from './country-rules.ts';

/**
 * `dist/phone/<CC>.json`: the rules of each country's numbers, and `<CC>-form.json`: how they are written at home, so that a
 * page loads those of its own.
 */
export function phoneMetadata(): Plugin {
  return {
    name: 'phone-metadata',
    generateBundle() {
      for (const country of COUNTRIES) {
        const emit = (fileName: string, content: object) =>
          this.emitFile({ type: 'asset', fileName, source: JSON.stringify(content) });
        emit(`phone/${country}.json`, countryRules(country));
        emit(`phone/${country}-form.json`, numberForms(country));
      }
    },
  };
}
