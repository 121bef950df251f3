import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ar } from './ar.ts';
import { arCalls } from './calls-ar.ts';
import { enCalls } from './calls-en.ts';
import { en } from './en.ts';
import { lengthOf } from '../element/length-of.ts';
import { languageOf, loadCallMessages, loadLocale, loadTalkMessages } from './load-locale.ts';
import type { Messages } from './messages.ts';
import { ownPanels, ownWords } from './own-messages.ts';
import { arTalk } from './talk-ar.ts';
import { enTalk } from './talk-en.ts';

test('Arabic has all six plural forms', () => {
  const spoken = [0, 1, 2, 3, 11, 100, 60, 120, 300, 3600, 7200, 11_045].map((seconds) =>
    arTalk.duration(lengthOf(seconds)),
  );
  assert.deepEqual(spoken, [
    'أقل من ثانية',
    'ثانية',
    'ثانيتين',
    '3 ثواني',
    '11 ثانية',
    'دقيقة و40 ثانية',
    'دقيقة',
    'دقيقتين',
    '5 دقايق',
    'ساعة',
    'ساعتين',
    '3 ساعات و4 دقايق و5 ثواني',
  ]);
});

test('English has its two', () => {
  assert.deepEqual(
    [0, 1, 62, 7261].map((seconds) => enTalk.duration(lengthOf(seconds))),
    ['0 seconds', '1 second', '1 minute 2 seconds', '2 hours 1 minute 1 second'],
  );
});

/** Every text of an object of words, with where it stands. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${path}${key}`, value]];
    return typeof value === 'object' && value !== null ? textsOf(value, `${path}${key}.`) : [];
  });
}

test('no text is empty or left in the other language', () => {
  const tags = new Set(['lang', 'dir']);
  const said = (...words: object[]) => words.flatMap((all) => textsOf(all)).filter(([where]) => !tags.has(where));
  const arabic = said(ar, arTalk, arCalls);
  const english = said(en, enTalk, enCalls);
  for (const [where, text] of arabic) assert.match(text, /[ء-ي]{2}/, where);
  for (const [where, text] of english) assert.doesNotMatch(text, /[ء-ي]|^$/, where);
  assert.deepEqual(new Set(arabic.map(([where]) => where)), new Set(english.map(([where]) => where)));
});

test('in Arabic, a prefix that stands apart from a Latin word or a number is on one line with it', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /\bar\.ts$/.test(name));
  assert.ok(files.length >= 5);
  for (const name of files)
    assert.doesNotMatch(readFileSync(`${import.meta.dirname}/${name}`, 'utf8'), /ـ [^'`\n]/, name);
});

test('a page changes some words and adds a language; the rest stays', () => {
  const own = {
    ar: { call: 'كلّم', outcomes: { busy: { title: 'بيتكلم' } } },
    fa: { dir: 'rtl', call: 'تماس' },
  } as const;
  const words: Messages = { ...ar, ...arTalk, ...arCalls };
  const changed = ownWords(words, 'ar-EG', own);
  assert.equal(changed.call, 'كلّم');
  assert.equal(changed.lang, 'ar');
  assert.deepEqual(changed.outcomes.busy, { title: 'بيتكلم', advice: arCalls.outcomes.busy.advice });
  const added = ownWords(en, 'fa', own);
  assert.deepEqual([added.lang, added.dir, added.call, added.close], ['fa', 'rtl', 'تماس', en.close]);
  assert.equal(ownWords(en, 'fr', { fr: { call: 'Appeler' } }).dir, 'ltr');
  assert.equal(ownWords(en, 'de', own), en);
  const panels = { titles: { audio: 'Audio', more: 'More' } };
  const renamed = ownPanels(panels, 'en', { en: { panels: { titles: { audio: 'Sound' } } } });
  assert.deepEqual(renamed, { titles: { audio: 'Sound', more: 'More' } });
});

test('any Arabic tag is Arabic, anything else English', async () => {
  assert.deepEqual(['ar', 'ar-EG', 'AR', 'en', 'fr', 'arn', ''].map(languageOf), [
    'ar',
    'ar',
    'ar',
    'en',
    'en',
    'en',
    'en',
  ]);
  assert.equal(await loadLocale('ar'), ar);
  assert.equal(await loadLocale('en'), en);
  assert.equal(await loadTalkMessages('ar'), arTalk);
  assert.equal(await loadTalkMessages('en'), enTalk);
  assert.equal(await loadCallMessages('ar'), arCalls);
  assert.equal(await loadCallMessages('en'), enCalls);
});
