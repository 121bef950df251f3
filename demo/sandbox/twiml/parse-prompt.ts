import { Attributes, type Warn } from './attributes.ts';
import { TwimlError } from './twiml-error.ts';
import type { Pause, Play, Say } from './verbs.ts';
import { textOf, type XmlElement } from './xml-tree.ts';

export const PROMPT_NAMES = ['Say', 'Play', 'Pause'];

/** `<Say>`, `<Play>` and `<Pause>`: what a party is made to hear. Markup inside `<Say>` (SSML) counts for its text only. */
export function parsePrompt(element: XmlElement, warn: Warn): Say | Play | Pause {
  const attributes = new Attributes(element, warn);
  if (element.name === 'Pause') {
    const seconds = attributes.whole('length', 1, 0, 3600);
    attributes.finish();
    return { verb: 'Pause', seconds };
  }
  const loop = attributes.whole('loop', 1, 0, 1000);
  const text = textOf(element);
  if (element.name === 'Say') {
    const language = attributes.text('language');
    attributes.finish(['voice']);
    return { verb: 'Say', text, language, loop };
  }
  const digits = attributes.text('digits');
  attributes.finish();
  if (digits !== undefined && !/^[0-9*#wW]+$/.test(digits)) {
    throw new TwimlError(12200, `digits="${digits}" of <Play> must be made of 0-9, *, # and w.`);
  }
  if (digits === undefined && !text)
    throw new TwimlError(12200, '<Play> needs the address of a sound file, or digits.');
  return { verb: 'Play', url: text, digits, loop };
}
