import type { FirstMessages, Messages } from './messages.ts';

type DeepPartial<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/**
 * A page's own words, by language tag (`ar`, `ar-EG`, `fr`): whatever an entry leaves out is said in Arabic where
 * the tag is Arabic, else in English. A new language that is written from right to left needs `dir: 'rtl'`.
 * What the panels (recent calls, audio, line check, note) say is under `panels`.
 */
export type OwnMessages = Readonly<Record<string, DeepPartial<Messages> & { readonly panels?: object }>>;

function isWords(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `words` with those of `own` in their place; `words` itself when there are none. */
export function withOwn<T extends object>(words: T, own: object | undefined): T {
  if (!own) return words;
  const merged = { ...words } as Record<string, unknown>;
  for (const [key, value] of Object.entries(own)) {
    const there = merged[key];
    if (value !== undefined) merged[key] = isWords(value) && isWords(there) ? withOwn(there, value) : value;
  }
  return merged as T;
}

/** The page's own entry for a tag: the tag itself, else its language; and the name it goes by. */
export function ownFor(tag: string, messages: OwnMessages | undefined): { lang: string; own: object } | null {
  for (const lang of [tag, tag.split('-')[0] ?? '']) {
    const own = messages?.[lang];
    if (own) return { lang, own };
  }
  return null;
}

/** The first words of a place in the page: a language that the page adds is left to right unless it says otherwise. */
export function firstWords(words: FirstMessages, entry: { lang: string; own: object } | null): FirstMessages {
  if (!entry) return words;
  const { panels: _panels, ...own }: Record<string, unknown> = { ...entry.own };
  const added = entry.lang.split('-')[0] === words.lang ? {} : { lang: entry.lang, dir: 'ltr' };
  return withOwn(words, { ...added, ...own });
}
