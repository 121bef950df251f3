import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedNote } from './joined-note.ts';

type Case = readonly [what: string, theirs: string, mine: string, joined: string, before?: string, sent?: string[]];

const CASES: readonly Case[] = [
  ['both, the later under the other', 'wants red', 'wants blue', 'wants red\nwants blue'],
  ['once, what both have', 'same', ' same ', 'same'],
  ['their longer one has mine', 'ahead\nmine\nbehind', 'mine', 'ahead\nmine\nbehind'],
  ['my longer one has theirs', 'asked for it', 'asked for it, twice', 'asked for it, twice'],
  ['in Arabic, too', 'سأل عن السعر', 'سأل عن السعر، وهيفكر', 'سأل عن السعر، وهيفكر'],
  [
    'a part of a word or of a sentence is not the same text',
    'not interested',
    'interested',
    'not interested\ninterested',
  ],
  ['nor is its beginning', 'sold out', 'sold', 'sold out\nsold'],
  ['nor the beginning of a figure', '3.5 million', '3', '3.5 million\n3'],
  ['mine taken away leaves theirs', 'theirs', '', 'theirs', 'before'],
  ['theirs taken away leaves mine', '', 'mine', 'mine', 'before'],
  ['mine changed back leaves theirs', 'theirs', 'before', 'theirs', 'before'],
  ['and what they wrote above it', 'theirs\nbefore', 'before', 'theirs\nbefore', 'before'],
  ['of what both went on from, once', 'old\ntheirs', 'old\nmine', 'old\ntheirs\nmine', 'old'],
  ['and again, its answer lost', 'old\ntheirs\nmine', 'old\nmine', 'old\ntheirs\nmine', 'old'],
  ['what they wrote anew stays beside all of mine', 'anew', 'old\nmine', 'anew\nold\nmine', 'old'],
  ['my older wording, which arrived unanswered', 'custmer', 'customer', 'customer', '', ['custmer']],
  ['under theirs, too', 'theirs\ncustmer', 'customer', 'theirs\ncustomer', '', ['custmer']],
  ['the longest of those', 'theirs\nb\na', 'c', 'theirs\nc', '', ['a', 'b\na']],
  ['what I had before me, moved under theirs', 'theirs\nold', 'new', 'theirs\nnew', 'old'],
  ['changed back, when the change had arrived', 'changed', 'old', 'old', 'old', ['changed']],
];
for (const [what, theirs, mine, joined, before = '', sent = []] of CASES) {
  test(what, () => assert.equal(joinedNote({ theirs, mine, before, sent }), joined));
}

const words = fc
  .array(fc.constantFrom('no', 'sold', 'sold out', 'لا', 'a, b', '', 'c'), { maxLength: 4 })
  .map((lines) => lines.join('\n').trim());

test('no line of either is lost, and joined again nothing comes twice', () => {
  const lines = (text: string) => text.split('\n').map((line) => line.trim());
  fc.assert(
    fc.property(words, words, (theirs, mine) => {
      const joined = joinedNote({ theirs, mine, before: '' });
      for (const line of lines(`${theirs}\n${mine}`)) {
        assert.ok(
          !line || lines(joined).some((one) => one === line || one.startsWith(`${line},`)),
          `${line} in ${joined}`,
        );
      }
      assert.equal(joinedNote({ theirs: joined, mine, before: '' }), joined);
    }),
  );
});
