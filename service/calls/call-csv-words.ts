import type { CallOutcome, CallRecord, CallStatus } from '../contract.ts';

export const CSV_COLUMNS = [
  'callId',
  'direction',
  'outcome',
  'agentId',
  'agentName',
  'number',
  'name',
  'callerId',
  'createdAt',
  'createdAtLocal',
  'answeredAt',
  'answeredAtLocal',
  'endedAt',
  'endedAtLocal',
  'seconds',
  'disposition',
  'note',
  'recordings',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

interface CsvWords {
  columns: Record<CsvColumn, string>;
  directions: Record<CallRecord['direction'], string>;
  /** What a call that has not ended is doing. */
  statuses: Record<Exclude<CallStatus, 'ended'>, string>;
  outcomes: Record<CallOutcome, string>;
}

/** What stands in an exported log besides the calls. */
export const CSV_WORDS: Record<'ar' | 'en', CsvWords> = {
  ar: {
    columns: {
      callId: 'رقم المكالمة',
      direction: 'الاتجاه',
      outcome: 'النتيجة',
      agentId: 'كود الموظف',
      agentName: 'الموظف',
      number: 'رقم العميل',
      name: 'العميل',
      callerId: 'الرقم الظاهر',
      createdAt: 'البداية (UTC)',
      createdAtLocal: 'البداية',
      answeredAt: 'الرد (UTC)',
      answeredAtLocal: 'الرد',
      endedAt: 'النهاية (UTC)',
      endedAtLocal: 'النهاية',
      seconds: 'المدة بالثواني',
      disposition: 'التصنيف',
      note: 'ملاحظة',
      recordings: 'التسجيلات',
    },
    directions: { outgoing: 'صادرة', incoming: 'واردة' },
    statuses: { dialing: 'بنتصل', ringing: 'بيرن', open: 'مكالمة جارية' },
    outcomes: {
      answered: 'تم الرد',
      busy: 'مشغول',
      'no-answer': 'محدش رد',
      declined: 'رفض المكالمة',
      'not-in-service': 'مش في الخدمة',
      canceled: 'اتلغت قبل الرد',
      failed: 'ماتمتش',
      missed: 'فايتة',
      voicemail: 'رسالة صوتية',
    },
  },
  en: {
    columns: {
      callId: 'Call',
      direction: 'Direction',
      outcome: 'Outcome',
      agentId: 'Agent ID',
      agentName: 'Agent',
      number: 'Customer number',
      name: 'Customer',
      callerId: 'Caller ID',
      createdAt: 'Started (UTC)',
      createdAtLocal: 'Started',
      answeredAt: 'Answered (UTC)',
      answeredAtLocal: 'Answered',
      endedAt: 'Ended (UTC)',
      endedAtLocal: 'Ended',
      seconds: 'Seconds',
      disposition: 'Disposition',
      note: 'Note',
      recordings: 'Recordings',
    },
    directions: { outgoing: 'Outgoing', incoming: 'Incoming' },
    statuses: { dialing: 'Dialing', ringing: 'Ringing', open: 'In progress' },
    outcomes: {
      answered: 'Answered',
      busy: 'Busy',
      'no-answer': 'No answer',
      declined: 'Declined',
      'not-in-service': 'Not in service',
      canceled: 'Cancelled',
      failed: 'Failed',
      missed: 'Missed',
      voicemail: 'Voicemail',
    },
  },
};
