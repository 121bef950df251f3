import type { TalkMessages } from './messages.ts';

const rules = new Intl.PluralRules('ar');

type Forms = Readonly<Record<Intl.LDMLPluralRule, string>>;

const HOURS: Forms = {
  zero: '# ساعة',
  one: 'ساعة',
  two: 'ساعتين',
  few: '# ساعات',
  many: '# ساعة',
  other: '# ساعة',
};
const MINUTES: Forms = {
  zero: '# دقيقة',
  one: 'دقيقة',
  two: 'دقيقتين',
  few: '# دقايق',
  many: '# دقيقة',
  other: '# دقيقة',
};
const SECONDS: Forms = {
  zero: 'أقل من ثانية',
  one: 'ثانية',
  two: 'ثانيتين',
  few: '# ثواني',
  many: '# ثانية',
  other: '# ثانية',
};

function count(n: number, forms: Forms): string {
  return forms[rules.select(n)].replace('#', String(n));
}

/** What Arabic says of a call under way. */
export const arTalk: TalkMessages = {
  unheard: 'العميل مش سامعك',
  mute: 'كتم',
  note: 'ملاحظة',
  recording: 'بيتسجل',
  line: 'رقمنا',
  openRecord: 'افتح ملف العميل',
  duration({ hours, minutes, seconds }) {
    const words = [hours && count(hours, HOURS), minutes && count(minutes, MINUTES)].filter(Boolean);
    if (seconds || !words.length) words.push(count(seconds, SECONDS));
    return words.join(' و');
  },
};
