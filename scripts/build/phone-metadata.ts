import { createRequire } from 'node:module';
import type { Plugin } from 'rollup';

interface Metadata {
  version: number;
  country_calling_codes: Record<string, string[]>;
  countries: Record<string, unknown>;
  nonGeographic?: unknown;
}

/**
 * `dist/phone/<CC>.json`: libphonenumber's metadata cut to one country each, so that a page loads the rules of its own
 * country (about half a kilobyte) and not the world's (16 kB). A country that shares its calling code with a main
 * country (GG with GB, …) carries the main country's rules too, since libphonenumber looks those up by code.
 */
export function phoneMetadata(): Plugin {
  return {
    name: 'phone-metadata',
    generateBundle() {
      const all = createRequire(import.meta.url)('libphonenumber-js/metadata.min.json') as Metadata;
      for (const [code, sharing] of Object.entries(all.country_calling_codes)) {
        for (const country of sharing) {
          const main = sharing[0]!;
          const countries = Object.fromEntries(
            [...new Set([country, main])].map((name) => [name, all.countries[name]]),
          );
          const cut = { version: all.version, country_calling_codes: { [code]: Object.keys(countries) }, countries };
          this.emitFile({ type: 'asset', fileName: `phone/${country}.json`, source: JSON.stringify(cut) });
        }
      }
    },
  };
}
