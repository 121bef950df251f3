import type { Disposition } from './contract.ts';

/** What agents choose from after a call when DISPOSITIONS says nothing. */
export const DEFAULT_DISPOSITIONS: readonly Disposition[] = [
  { id: 'interested', label: { ar: 'مهتم', en: 'Interested' } },
  { id: 'call-back', label: { ar: 'نكلمه تاني', en: 'Call back' } },
  { id: 'sale', label: { ar: 'تم البيع', en: 'Sale' } },
  { id: 'no-answer-needed', label: { ar: 'مش محتاج رد', en: 'No answer needed' } },
  { id: 'wrong-number', label: { ar: 'الرقم غلط', en: 'Wrong number' } },
  { id: 'complaint', label: { ar: 'شكوى', en: 'Complaint' } },
  { id: 'do-not-call', label: { ar: 'ما نكلموش تاني', en: 'Do not call' } },
];

const REMEDY = 'Write id:Arabic:English with commas between, such as sale:تم البيع:Sale.';

/** `sale:تم البيع:Sale,…` → dispositions, or a sentence that says what is wrong with it. */
export function parseDispositions(text: string): Disposition[] | string {
  const found: Disposition[] = [];
  for (const part of text.split(/[,،]/)) {
    if (part.trim() === '') continue;
    const [id = '', ar = '', en = '', ...rest] = part.split(':').map((each) => each.trim());
    if (!/^[a-z0-9-]{1,64}$/.test(id) || !ar || !en || rest.length > 0) return `has “${part.trim()}”. ${REMEDY}`;
    if (found.some((each) => each.id === id)) return `has “${id}” twice. ${REMEDY}`;
    found.push({ id, label: { ar, en } });
  }
  return found.length > 0 ? found : `is empty. ${REMEDY}`;
}
