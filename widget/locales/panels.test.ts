import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelsAr } from './panels-ar.ts';
import { panelsEn } from './panels-en.ts';

/** Every sentence, wherever it stands; functions are asked for theirs. */
function sentences(words: unknown, path = ''): (readonly [path: string, text: string])[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [];
  return Object.entries(words as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

test('no sentence is empty or left in the other language', () => {
  const same = /\.lang$|\.keyHelp\.\d+\.0$/;
  for (const [path, text] of sentences(panelsAr)) if (!same.test(path)) assert.match(text, /[ء-ي]{2}/, path);
  for (const [path, text] of sentences(panelsEn)) assert.doesNotMatch(text, /[ء-ي]|^$/, path);
  assert.deepEqual(
    sentences(panelsAr)
      .map(([path]) => path)
      .filter((path) => !path.includes('remedies')),
    sentences(panelsEn)
      .map(([path]) => path)
      .filter((path) => !path.includes('remedies')),
  );
});

test('counts have the plural forms of their language, in the numerals given', () => {
  const left = (n: number, shown: string) => panelsAr.wrapUp.left(n, shown);
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map((n) => left(n, String(n))),
    ['مفيش حروف فاضلة', 'فاضل حرف واحد', 'فاضل حرفين', 'فاضل 3 حروف', 'فاضل 11 حرف', 'فاضل 100 حرف'],
  );
  assert.equal(panelsAr.recents.listed(5, '٥'), '٥ مكالمات');
  assert.deepEqual(
    [panelsEn.wrapUp.left(1, '1'), panelsEn.wrapUp.left(2, '2')],
    ['1 character left', '2 characters left'],
  );
});
