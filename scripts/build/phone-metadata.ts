import type { Plugin } from 'rollup';
import { COUNTRIES, countryRules } from './country-rules.ts';

/** `dist/phone/<CC>.json`: the rules of each country's numbers, so that a page loads those of its own. */
export function phoneMetadata(): Plugin {
  return {
    name: 'phone-metadata',
    generateBundle() {
      for (const country of COUNTRIES) {
        this.emitFile({
          type: 'asset',
          fileName: `phone/${country}.json`,
          source: JSON.stringify(countryRules(country)),
        });
      }
    },
  };
}
