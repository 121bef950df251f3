import type { Language } from './load-locale.ts';
import type { TalkMessages } from './messages.ts';
import { arTalk } from './talk-ar.ts';
import { enTalk } from './talk-en.ts';

/** What is said of a call under way. */
export const talk: Readonly<Record<Language, TalkMessages>> = { ar: arTalk, en: enTalk };
