import type { CallerId } from '../contract.ts';
import { E164 } from './settings.ts';

const REMEDY =
  'Write numbers in international form such as +20224610000, each with its name if you like (+20224610000:Sales, or +20224610000:المبيعات:Sales), with commas between.';

/** `+20224610000:المبيعات:Sales,…` → caller IDs, or a sentence that says what is wrong with it. One name stands for both. */
export function parseCallerIds(text: string): CallerId[] | string {
  const found: CallerId[] = [];
  for (const part of text.split(/[,،]/)) {
    if (part.trim() === '') continue;
    const [number = '', ar = '', en = ar, ...rest] = part.split(':').map((each) => each.trim());
    const named = part.includes(':');
    if (!E164.test(number) || rest.length > 0 || (named && (!ar || !en))) return `has “${part.trim()}”. ${REMEDY}`;
    if (found.some((each) => each.number === number)) return `has “${number}” twice. ${REMEDY}`;
    found.push({ number, label: named ? { ar, en } : null });
  }
  return found.length > 0 ? found : `is empty. ${REMEDY}`;
}
