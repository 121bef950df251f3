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
};

export const WORDS: Readonly<Record<Language, Words>> = { ar, en };
