import { Attributes, type Warn } from './attributes.ts';
import { parseDial } from './parse-dial.ts';
import { parseGather } from './parse-gather.ts';
import { parsePrompt } from './parse-prompt.ts';
import { parseRecordVerb } from './parse-record.ts';
import { TwimlError } from './twiml-error.ts';
import type { Verb } from './verbs.ts';
import { elementsOf, parseXml, textOf, type XmlElement } from './xml-tree.ts';

const VERBS: Record<string, (element: XmlElement, warn: Warn) => Verb> = {
  Say: parsePrompt,
  Play: parsePrompt,
  Pause: parsePrompt,
  Dial: parseDial,
  Record: parseRecordVerb,
  Gather: parseGather,
  Redirect(element, warn) {
    const attributes = new Attributes(element, warn);
    const method = attributes.method('method');
    attributes.finish();
    return { verb: 'Redirect', url: textOf(element), method };
  },
  Reject(element, warn) {
    const attributes = new Attributes(element, warn);
    const reason = attributes.oneOf('reason', ['rejected', 'busy'], 'rejected');
    attributes.finish();
    return { verb: 'Reject', reason };
  },
  Hangup(element, warn) {
    new Attributes(element, warn).finish();
    return { verb: 'Hangup' };
  },
};

/** A TwiML document as verbs; an attribute that nobody knows is only warned of. @throws {TwimlError} for other faults. */
export function parseTwiml(text: string, warn: Warn): Verb[] {
  const response = parseXml(text);
  if (response.name !== 'Response') {
    throw new TwimlError(12100, `A TwiML document is one <Response>; this one begins with <${response.name}>.`);
  }
  return elementsOf(response).map((element) => {
    const parse = Object.hasOwn(VERBS, element.name) ? VERBS[element.name] : undefined;
    if (!parse) {
      throw new TwimlError(
        12200,
        `The sandbox does not know <${element.name}>; it knows ${Object.keys(VERBS).join(', ')}.`,
      );
    }
    return parse(element, warn);
  });
}
