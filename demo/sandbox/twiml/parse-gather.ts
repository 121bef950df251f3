import { Attributes, type Warn } from './attributes.ts';
import { parsePrompt, PROMPT_NAMES } from './parse-prompt.ts';
import { TwimlError } from './twiml-error.ts';
import type { Gather } from './verbs.ts';
import { elementsOf, type XmlElement } from './xml-tree.ts';

const IGNORED = [
  'language',
  'hints',
  'profanityFilter',
  'speechTimeout',
  'speechModel',
  'enhanced',
  'maxSpeechTime',
  'partialResultCallback',
  'partialResultCallbackMethod',
  'debug',
];

/** `<Gather>`: keys only, since the sandbox understands no speech. */
export function parseGather(element: XmlElement, warn: Warn): Gather {
  const attributes = new Attributes(element, warn);
  const input = attributes.words('input', ['dtmf', 'speech'], ['dtmf']);
  if (!input.includes('dtmf')) throw new TwimlError(12200, '<Gather>: the sandbox hears keys only; add dtmf to input.');
  const numDigits = attributes.text('numDigits') === undefined ? undefined : attributes.whole('numDigits', 1, 1, 1000);
  const gather: Gather = {
    verb: 'Gather',
    action: { url: attributes.text('action'), method: attributes.method('method') },
    prompts: elementsOf(element).map((child) => {
      if (!PROMPT_NAMES.includes(child.name)) throw new TwimlError(12200, `<Gather> cannot hold a <${child.name}>.`);
      return parsePrompt(child, warn);
    }),
    numDigits,
    timeoutSeconds: attributes.text('timeout') === 'auto' ? 5 : attributes.whole('timeout', 5, 0, 3600),
    finishOnKey: attributes.text('finishOnKey') ?? '#',
    bargeIn: attributes.flag('bargeIn', true),
    actionOnEmptyResult: attributes.flag('actionOnEmptyResult', false),
  };
  attributes.finish(IGNORED);
  return gather;
}
