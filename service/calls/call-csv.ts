import type { CallRecord, Disposition } from '../contract.ts';
import { CSV_COLUMNS, CSV_WORDS, type CsvColumn } from './call-csv-words.ts';

export interface CallCsvOptions {
  lang: 'ar' | 'en';
  /** IANA name. */
  timeZone: string;
  dispositions: readonly Disposition[];
}

export interface CallCsv {
  /** With the mark by which spreadsheets know UTF-8. */
  heading: string;
  line(call: CallRecord): string;
}

const BYTE_ORDER_MARK = '\ufeff';

/**
 * A field of RFC 4180. Text that a spreadsheet would take for a formula (OWASP: CSV injection), such as a number in
 * international form, begins with an apostrophe.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return text === value && !/[",\r\n\t]/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** `2026-11-25 17:05:09`, in a time zone. Throws a RangeError for one that does not exist. */
export function localTimeIn(timeZone: string): (time: string) => string {
  const format = new Intl.DateTimeFormat('en-US-u-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second } = parts;
    return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  };
}

/** The log as a spreadsheet reads it, a line at a time. */
export function callCsv({ lang, timeZone, dispositions }: CallCsvOptions): CallCsv {
  const words = CSV_WORDS[lang];
  const localTime = localTimeIn(timeZone);
  const local = (time: string | null) => time && localTime(time);
  const labels = new Map(dispositions.map(({ id, label }) => [id, label[lang]]));
  const line = (fields: (string | number | null)[]) => `${fields.map(csvField).join(',')}\r\n`;
  return {
    heading: BYTE_ORDER_MARK + line(CSV_COLUMNS.map((column) => words.columns[column])),
    line(call) {
      const [callBackAt, callBackDoneAt] = [call.callBack?.at ?? null, call.callBack?.doneAt ?? null];
      const { agent, customer, createdAt, answeredAt, endedAt, outcome, status, disposition } = call;
      const fields: Record<CsvColumn, string | number | null> = {
        callId: call.callId,
        direction: words.directions[call.direction],
        outcome: outcome ? words.outcomes[outcome] : status === 'ended' ? null : words.statuses[status],
        refusal: call.refusal ? words.refusals[call.refusal] : null,
        agentId: agent.id,
        agentName: agent.name,
        number: customer.number,
        name: customer.name,
        callerId: call.callerId,
        createdAt,
        createdAtLocal: local(createdAt),
        answeredAt,
        answeredAtLocal: local(answeredAt),
        endedAt,
        endedAtLocal: local(endedAt),
        seconds: call.durationSeconds,
        disposition: disposition && (labels.get(disposition) ?? disposition),
        note: call.note,
        callBackAt,
        callBackAtLocal: local(callBackAt),
        callBackDoneAt,
        callBackDoneAtLocal: local(callBackDoneAt),
        recordings: call.recordings
          .filter((each) => each.status === 'completed')
          .map((each) => each.recordingSid)
          .join(' '),
      };
      return line(CSV_COLUMNS.map((column) => fields[column]));
    },
  };
}
