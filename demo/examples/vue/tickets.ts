import type { Outcome } from 'almasar-dialer';

/** A visit that a technician is to make. */
export interface Ticket {
  id: number;
  customer: string;
  about: string;
  /** As whoever took the call wrote it down. */
  phone: string;
}

/** Made up. The last two digits choose who answers in the sandbox. */
export const TICKETS: readonly Ticket[] = [
  { id: 381, customer: 'أحمد عبد الحميد', about: 'غسالة ٨ كيلو مبتعصرش', phone: '٠١٠ ٠١٢٣ ٤٥٠٠' },
  { id: 382, customer: 'سارة المنشاوي', about: 'تلاجة صوتها عالي', phone: '010 0123 4501' },
  { id: 383, customer: 'محمود الشرقاوي', about: 'تركيب تكييف', phone: '+20 100 123 4502' },
];

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  answered: 'رد',
  busy: 'مشغول',
  'no-answer': 'ماردش',
  declined: 'رفض المكالمة',
  'not-in-service': 'الرقم مش في الخدمة',
  canceled: 'اتلغت',
  failed: 'ماتمتش',
  missed: 'محدش رد',
  voicemail: 'سابت رسالة',
};
