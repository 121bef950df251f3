import { Attributes, type Warn } from './attributes.ts';
import { parseRecordingCallback } from './parse-record.ts';
import { TwimlError } from './twiml-error.ts';
import type { Dial, DialClient, DialNumber, StatusCallback } from './verbs.ts';
import { elementsOf, textOf, type XmlElement } from './xml-tree.ts';

const IGNORED_ON_DIAL = [
  'ringTone',
  'sequential',
  'referUrl',
  'referMethod',
  'recordingTrack',
  'recordingConfigurationId',
  'passports',
  'events',
];
const MACHINE_DETECTION = [
  'machineDetection',
  'machineDetectionTimeout',
  'machineDetectionSpeechThreshold',
  'machineDetectionSpeechEndThreshold',
  'machineDetectionSilenceTimeout',
  'amdStatusCallback',
  'amdStatusCallbackMethod',
];
const IGNORED_ON_NOUN = [...MACHINE_DETECTION, 'byoc', 'clientNotificationUrl'];

/** `<Dial>` with its nouns; a number may also stand in it as plain text. */
export function parseDial(element: XmlElement, warn: Warn): Dial {
  const attributes = new Attributes(element, warn);
  const dial: Dial = {
    verb: 'Dial',
    nouns: nounsOf(element, warn),
    action: { url: attributes.text('action'), method: attributes.method('method') },
    callerId: attributes.text('callerId'),
    answerOnBridge: attributes.flag('answerOnBridge', false),
    hangupOnStar: attributes.flag('hangupOnStar', false),
    timeoutSeconds: attributes.whole('timeout', 30, 1, 600),
    timeLimitSeconds: attributes.whole('timeLimit', 14_400, 1, 86_400),
    record: parseRecord(attributes),
    trim: attributes.oneOf('trim', ['trim-silence', 'do-not-trim'], 'do-not-trim') === 'trim-silence',
    recordingCallback: parseRecordingCallback(attributes),
  };
  attributes.finish(IGNORED_ON_DIAL);
  return dial;
}

function parseRecord(attributes: Attributes): Dial['record'] {
  const record = attributes.oneOf(
    'record',
    [
      'do-not-record',
      'record-from-answer',
      'record-from-ringing',
      'record-from-answer-dual',
      'record-from-ringing-dual',
      'true',
      'false',
    ],
    'do-not-record',
  );
  if (record === 'true') return 'record-from-answer';
  return record === 'false' ? 'do-not-record' : record;
}

function nounsOf(element: XmlElement, warn: Warn): Dial['nouns'] {
  const elements = elementsOf(element);
  if (elements.length > 0) return elements.map((noun) => parseNoun(noun, warn));
  const number = textOf(element);
  if (!number) throw new TwimlError(12200, '<Dial> needs somebody to call: a <Number> or a <Client>.');
  return [{ noun: 'Number', number, sendDigits: undefined, announcement: undefined, statusCallback: undefined }];
}

function parseNoun(element: XmlElement, warn: Warn): DialNumber | DialClient {
  const attributes = new Attributes(element, warn);
  const url = attributes.text('url');
  const common = {
    announcement: url === undefined ? undefined : { url, method: attributes.method('method') },
    statusCallback: parseStatusCallback(attributes),
  };
  if (element.name === 'Number') {
    const number = textOf(element);
    const sendDigits = attributes.text('sendDigits');
    attributes.finish([...IGNORED_ON_NOUN, 'method']);
    if (!number) throw new TwimlError(12200, '<Number> is empty.');
    return { noun: 'Number', number, sendDigits, ...common };
  }
  if (element.name === 'Client') {
    attributes.finish([...IGNORED_ON_NOUN, 'method']);
    return { noun: 'Client', ...common, ...parseClient(element, warn) };
  }
  throw new TwimlError(12200, `The sandbox cannot dial a <${element.name}>; it knows <Number> and <Client>.`);
}

function parseStatusCallback(attributes: Attributes): StatusCallback | undefined {
  const url = attributes.text('statusCallback');
  const events = attributes.words(
    'statusCallbackEvent',
    ['initiated', 'ringing', 'answered', 'completed'],
    ['completed'],
  );
  const method = attributes.method('statusCallbackMethod');
  return url ? { url, method, events } : undefined;
}

function parseClient(client: XmlElement, warn: Warn): { identity: string; parameters: Record<string, string> } {
  const parts = elementsOf(client);
  const named = parts.find(({ name }) => name === 'Identity');
  const identity = textOf(
    named ?? { ...client, children: client.children.filter((child) => typeof child === 'string') },
  );
  if (!identity) throw new TwimlError(12200, '<Client> needs an identity.');
  const parameters: Record<string, string> = {};
  for (const part of parts) {
    if (part === named) continue;
    if (part.name !== 'Parameter') throw new TwimlError(12200, `<Client> cannot hold a <${part.name}>.`);
    const attributes = new Attributes(part, warn);
    const name = attributes.text('name');
    if (!name) throw new TwimlError(12200, '<Parameter> needs a name.');
    parameters[name] = part.attributes['value'] ?? '';
    attributes.text('value');
    attributes.finish();
  }
  return { identity, parameters };
}
