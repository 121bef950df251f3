import type { Text } from './language.ts';

/** What the sandbox's far end does, by the last two digits dialled. Any other two do as `00`. */
export const FAR_ENDS = {
  '00': { ar: 'بيرد ويتكلم، وبعدها بيسمعك', en: 'Answers and speaks, then listens' },
  '01': { ar: 'عميل الصدى: هتسمع صوتك', en: 'Echo customer: you hear yourself' },
  '02': { ar: 'الخط مشغول', en: 'The line is busy' },
  '03': { ar: 'بيرن ومحدش بيرد', en: 'Rings, nobody answers' },
  '04': { ar: 'بيرفض المكالمة', en: 'Declines the call' },
  '05': { ar: 'الرقم مش في الخدمة', en: 'Number not in service' },
  '06': { ar: 'بيرد ويقفل بعد ٣ ثواني', en: 'Answers, hangs up after 3 seconds' },
  '07': { ar: 'قايمة أرقام: دوس وهتقولك دوست إيه', en: 'Menu: press keys, it says which' },
  '08': { ar: 'بريد صوتي بعد الصفارة', en: 'Voicemail, after a beep' },
  '09': { ar: 'بيرد بعد ٨ ثواني رنين', en: 'Answers after 8 seconds of ringing' },
} as const satisfies Record<string, Text>;

export type FarEnd = keyof typeof FAR_ENDS;

export function isFarEnd(digits: string): digits is FarEnd {
  return Object.hasOwn(FAR_ENDS, digits);
}

/** The far end that answers this E.164 number in the sandbox. */
export function farEndOf(number: string): Text {
  const digits = number.slice(-2);
  return FAR_ENDS[isFarEnd(digits) ? digits : '00'];
}
