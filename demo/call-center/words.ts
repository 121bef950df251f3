import type { CallOutcome, CallStatus } from '../../service/contract.ts';
import type { Language } from './language.ts';

/** Everything the page says, in one language. */
export interface Words {
  company: string;
  title: string;
  signedInAs: string;
  switchAgent: string;
  otherLanguage: string;
  sandboxTitle: string;
  sandboxText: string;
  realTitle: string;
  realText: string;
  ownNumberLabel: string;
  ownNumberButton: string;
  ownNumberAbout: string;
  customers: string;
  customersHint: string;
  customer: string;
  lastContact: string;
  phone: string;
  whatHappens: string;
  callLog: string;
  noScript: string;
  direction: string;
  outcome: string;
  started: string;
  duration: string;
  recording: string;
  outgoing: string;
  incoming: string;
  statuses: Record<Exclude<CallStatus, 'ended'>, string>;
  outcomes: Record<CallOutcome, string>;
  loading: string;
  empty: string;
  emptyHint: string;
  failed: string;
  retry: string;
  older: string;
  live: string;
  reconnecting: string;
  recordingProcessing: string;
  recordingAbsent: string;
  recordingFailed: string;
  noRecording: string;
  play: string;
  download: string;
}

const ar: Words = {
  company: 'المسار لخدمة الأجهزة المنزلية',
  title: 'مركز الاتصال',
  signedInAs: 'الموظف',
  switchAgent: 'تبديل الموظف',
  otherLanguage: 'English',
  sandboxTitle: 'دي شبكة تجريبية على جهازك',
  sandboxText:
    'مفيش مكالمة بتطلع بره الجهاز ومفيش أي تكلفة، لكن الصوت حقيقي. دوس على رقم أي عميل، واسمح باستخدام الميكروفون. علشان تسمع صوتك اتصل بسارة المنشاوي، عميلة الصدى.',
  realTitle: 'حساب Twilio حقيقي',
  realText:
    'المكالمات حقيقية ومحسوبة على حسابك. أرقام العملاء هنا من وحي الخيال وممكن تكون أرقام ناس حقيقيين، علشان كده مش روابط. اكتب رقمك وجرّب عليه.',
  ownNumberLabel: 'رقم تحب تتصل بيه',
  ownNumberButton: 'أضفه للعملاء',
  ownNumberAbout: 'رقم أضفته بنفسك',
  customers: 'العملاء',
  customersHint: 'دوس على الرقم والمكالمة تبدأ على طول من المتصفح.',
  customer: 'العميل',
  lastContact: 'آخر تواصل',
  phone: 'التليفون',
  whatHappens: 'لما تتصل',
  callLog: 'سجل المكالمات',
  noScript: 'سجل المكالمات محتاج JavaScript.',
  direction: 'الاتجاه',
  outcome: 'النتيجة',
  started: 'بدأت',
  duration: 'المدة',
  recording: 'التسجيل',
  outgoing: 'صادرة',
  incoming: 'واردة',
  statuses: { dialing: 'جاري الاتصال', ringing: 'بيرن', open: 'مكالمة جارية' },
  outcomes: {
    answered: 'تم الرد',
    busy: 'مشغول',
    'no-answer': 'محدش رد',
    declined: 'رفض المكالمة',
    'not-in-service': 'خارج الخدمة',
    canceled: 'اتلغت قبل الرد',
    failed: 'الاتصال ماتمش',
  },
  loading: 'جاري تحميل المكالمات…',
  empty: 'مفيش مكالمات لسه',
  emptyHint: 'أول مكالمة هتظهر هنا لوحدها.',
  failed: 'تعذّر تحميل سجل المكالمات. اتأكد إن الخدمة شغالة.',
  retry: 'حاول تاني',
  older: 'مكالمات أقدم',
  live: 'مباشر',
  reconnecting: 'بنعيد الاتصال…',
  recordingProcessing: 'جاري التجهيز',
  recordingAbsent: 'مفيش تسجيل',
  recordingFailed: 'تعذّر تشغيل التسجيل',
  noRecording: 'بدون تسجيل',
  play: 'استماع',
  download: 'تنزيل',
};

const en: Words = {
  company: 'Almasar Home Appliance Service',
  title: 'Call centre',
  signedInAs: 'Agent',
  switchAgent: 'Change agent',
  otherLanguage: 'العربية',
  sandboxTitle: 'This is the sandbox, on your own machine',
  sandboxText:
    'No call leaves this computer and nothing costs money, but the audio is real. Click a customer’s number and allow the microphone. To hear yourself, call Sara El Menshawy, the echo customer.',
  realTitle: 'A real Twilio account',
  realText:
    'Calls are real and billed to your account. The customers’ numbers are made up and may belong to somebody, so they are not links here. Enter a number of your own and call that.',
  ownNumberLabel: 'A number you want to call',
  ownNumberButton: 'Add as customer',
  ownNumberAbout: 'A number you added',
  customers: 'Customers',
  customersHint: 'Click a number: the call starts at once, in the browser.',
  customer: 'Customer',
  lastContact: 'Last contact',
  phone: 'Phone',
  whatHappens: 'When you call',
  callLog: 'Call log',
  noScript: 'The call log needs JavaScript.',
  direction: 'Direction',
  outcome: 'Outcome',
  started: 'Started',
  duration: 'Duration',
  recording: 'Recording',
  outgoing: 'Outgoing',
  incoming: 'Incoming',
  statuses: { dialing: 'Dialling', ringing: 'Ringing', open: 'In call' },
  outcomes: {
    answered: 'Answered',
    busy: 'Busy',
    'no-answer': 'No answer',
    declined: 'Declined',
    'not-in-service': 'Not in service',
    canceled: 'Cancelled',
    failed: 'Not connected',
  },
  loading: 'Loading calls…',
  empty: 'No calls yet',
  emptyHint: 'The first call will appear here by itself.',
  failed: 'The call log could not be loaded. Check that the service runs.',
  retry: 'Try again',
  older: 'Older calls',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  recordingProcessing: 'Being prepared',
  recordingAbsent: 'No recording',
  recordingFailed: 'The recording could not be played',
  noRecording: 'Not recorded',
  play: 'Listen',
  download: 'Download',
};

export const WORDS: Readonly<Record<Language, Words>> = { ar, en };
