import { createRequire } from 'node:module';
import { Metadata, type CountryCode, type MetadataJson } from 'libphonenumber-js/core';
import type { NumberForms } from '../../widget/core/home-form.ts';
import type { CountryRules } from '../../widget/phone/number-rules.ts';

const WORLD = createRequire(import.meta.url)('libphonenumber-js/metadata.min.json') as MetadataJson;

interface Format {
  pattern(): string;
  format(): string;
  /** From the roughest to the finest. */
  leadingDigitsPatterns(): string[];
  /** `0$1`: what the first group becomes. */
  nationalPrefixFormattingRule(): string | 0 | null;
}

/** What libphonenumber's numbering plan says; its typings leave most of it out. */
interface Plan {
  callingCode(): string;
  IDDPrefix(): string;
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  formats(): Format[];
}

function planOf(country: string): Plan {
  const metadata = new Metadata(WORLD);
  metadata.selectNumberingPlan(country as CountryCode);
  return metadata.numberingPlan as unknown as Plan;
}

/** Every country that libphonenumber knows. */
export const COUNTRIES: readonly string[] = Object.keys(WORLD.countries);

/** The rules of a country. Those that share a calling code (GG with GB, CA with US) take each other's numbers. */
export function countryRules(country: string): CountryRules {
  const plan = planOf(country);
  const sharing = WORLD.country_calling_codes[plan.callingCode() as keyof MetadataJson['country_calling_codes']] ?? [];
  const patterns = [country, ...sharing].map((each) => planOf(each).nationalNumberPattern());
  const prefix = plan.nationalPrefixForParsing();
  const prefixBecomes = plan.nationalPrefixTransformRule();
  return {
    callingCode: plan.callingCode(),
    abroad: plan.IDDPrefix(),
    ...(prefix ? { prefix } : {}),
    ...(prefix && prefixBecomes ? { prefixBecomes } : {}),
    number: [...new Set(patterns)].join('|'),
  };
}

/** How the numbers of a country are written there. */
export function numberForms(country: string): NumberForms {
  const plan = planOf(country);
  const forms = plan.formats().map((format) => {
    const leading = format.leadingDigitsPatterns().at(-1);
    const rule = format.nationalPrefixFormattingRule();
    return [
      `^${leading ? `(?=${leading})` : ''}(?:${format.pattern()})$`,
      rule ? format.format().replace(/(\$\d)/, rule) : format.format(),
    ] as const;
  });
  return { callingCode: plan.callingCode(), forms };
}
