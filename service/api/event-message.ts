import type { CallChange, News } from '../calls/ports.ts';
import { CALL_EVENT, MISSED_EVENT, PHONE_COMMAND_EVENT, PHONE_EVENT, type PhoneEvent } from '../contract.ts';

const encoder = new TextEncoder();
const encoded = new WeakMap<News, Uint8Array>();

/** Of news, only calls have an id: a phone's state is sent anew with every stream, and a command is for those who listen now. */
function textOf(news: News): string {
  switch (news.kind) {
    case 'call':
      return `id: ${news.revision}\nevent: ${CALL_EVENT}\ndata: ${JSON.stringify(news.record)}\n\n`;
    case 'phone':
      return `event: ${PHONE_EVENT}\ndata: ${JSON.stringify(news.report)}\n\n`;
    case 'phone-command':
      return `event: ${PHONE_COMMAND_EVENT}\ndata: ${JSON.stringify(news.command)}\n\n`;
  }
}

/** News as every listener is sent them: written once, however many there are. */
export function messageOf(news: News): Uint8Array {
  let message = encoded.get(news);
  if (!message) encoded.set(news, (message = encoder.encode(textOf(news))));
  return message;
}

/** What was missed, as one message for a reader that has come back. */
export function messageOfMissed(changes: CallChange[] | undefined): Uint8Array {
  return encoder.encode(changes ? changes.map(textOf).join('') : `event: ${MISSED_EVENT}\ndata: null\n\n`);
}

/** The phone as it is, with which every stream begins. Its id is how far the reader knows the log, though no call may follow. */
export function greetingOf(report: PhoneEvent, revision: number): Uint8Array {
  return encoder.encode(`id: ${revision}\n${textOf({ kind: 'phone', report })}`);
}

export const OPENING = encoder.encode('retry: 1000\n: connected\n\n');
export const HEARTBEAT = encoder.encode(': still here\n\n');
