import { Attributes, type Warn } from './attributes.ts';
import type { RecordingCallback, RecordVerb } from './verbs.ts';
import type { XmlElement } from './xml-tree.ts';

export function parseRecordingCallback(attributes: Attributes): RecordingCallback | undefined {
  const url = attributes.text('recordingStatusCallback');
  const method = attributes.method('recordingStatusCallbackMethod');
  const events = attributes.words(
    'recordingStatusCallbackEvent',
    ['in-progress', 'completed', 'absent'],
    ['completed'],
  );
  return url ? { url, method, events } : undefined;
}

export function parseRecordVerb(element: XmlElement, warn: Warn): RecordVerb {
  const attributes = new Attributes(element, warn);
  const record: RecordVerb = {
    verb: 'Record',
    action: { url: attributes.text('action'), method: attributes.method('method') },
    playBeep: attributes.flag('playBeep', true),
    maxLengthSeconds: attributes.whole('maxLength', 3600, 1, 14_400),
    timeoutSeconds: attributes.whole('timeout', 5, 0, 3600),
    finishOnKey: attributes.text('finishOnKey') ?? '1234567890*#',
    trim: attributes.oneOf('trim', ['trim-silence', 'do-not-trim'], 'trim-silence') === 'trim-silence',
    recordingCallback: parseRecordingCallback(attributes),
  };
  attributes.finish(['transcribe', 'transcribeCallback', 'recordingConfigurationId']);
  return record;
}
