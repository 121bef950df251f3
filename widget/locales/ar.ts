import type { Messages } from './messages.ts';

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

const again = 'جرّب تاني. لو اتكررت بلّغ المسؤول.';

/** Arabic as an Egyptian call centre speaks it. */
export const ar: Messages = {
  lang: 'ar',
  dir: 'rtl',
  phone: 'الهاتف',
  phases: {
    idle: 'جاهز',
    dialing: 'بنتصل…',
    ringing: 'بيرن…',
    incoming: 'مكالمة واردة',
    open: 'في مكالمة',
    reconnecting: 'بنرجّع الاتصال…',
    ending: 'بنقفل المكالمة…',
    ended: 'المكالمة خلصت',
  },
  outcomes: {
    answered: { title: 'المكالمة خلصت', advice: 'هتلاقيها في سجل المكالمات بعد لحظات.' },
    busy: { title: 'مشغول', advice: 'الخط مشغول دلوقتي. جرّب بعد كام دقيقة.' },
    'no-answer': { title: 'محدش رد', advice: 'جرّب في وقت تاني.' },
    declined: { title: 'رفض المكالمة', advice: 'العميل مش فاضي دلوقتي. جرّب في وقت تاني.' },
    'not-in-service': { title: 'الرقم مش في الخدمة', advice: 'راجع الرقم، أو جرّب رقم تاني للعميل.' },
    canceled: { title: 'لغيت المكالمة', advice: 'قفلت قبل ما العميل يرد.' },
    failed: { title: 'المكالمة ماتمتش', advice: again },
  },
  problems: {
    'service-not-set': { title: 'الهاتف لسه محتاج إعداد', advice: 'بلّغ المسؤول عن الصفحة يكمّل الإعداد.' },
    'service-unreachable': {
      title: 'مش عارفين نوصل للخدمة',
      advice: `راجع الإنترنت. ${again}`,
    },
    unauthenticated: { title: 'سجّل دخولك تاني', advice: 'حدّث الصفحة أو سجّل الدخول، وبعدها اتصل.' },
    'number-invalid': { title: 'الرقم مش صحيح', advice: 'راجع الأرقام وكود المحافظة أو الدولة.' },
    'number-emergency': { title: 'الطوارئ مش من هنا', advice: 'اطلب رقم الطوارئ من موبايلك على طول.' },
    'number-short': { title: 'الأرقام المختصرة مش شغالة هنا', advice: 'اطلب الرقم كامل، أو استخدم موبايلك.' },
    'number-type-refused': { title: 'نوع الرقم ده مش مسموح', advice: 'لو محتاج تكلمه اسأل المسؤول.' },
    'country-refused': { title: 'الدولة دي مش مسموح بيها', advice: 'اطلب من المسؤول يفتحها.' },
    'microphone-denied': {
      title: 'الميكروفون مقفول',
      advice: 'اسمح بالميكروفون من العلامة اللي جنب عنوان الصفحة، واتصل تاني.',
    },
    'microphone-missing': { title: 'مفيش ميكروفون', advice: 'وصّل السماعة أو الميكروفون، واتصل تاني.' },
    'microphone-unavailable': {
      title: 'الميكروفون مشغول',
      advice: 'اقفل البرنامج التاني اللي بيستخدمه، واتصل تاني.',
    },
    'insecure-page': {
      title: 'الصفحة مش مؤمّنة',
      advice: 'المتصفح مش بيسمح بالميكروفون غير مع https. افتح الصفحة بيه.',
    },
    'access-token-invalid': {
      title: 'شركة الاتصالات رفضت التصريح',
      advice: 'بلّغ المسؤول يراجع إعدادات الخدمة.',
    },
    'access-token-expired': { title: 'التصريح انتهى', advice: 'اتصل تاني وهيتجدد لوحده.' },
    'connection-lost': { title: 'الاتصال اتقطع', advice: 'راجع الإنترنت واتصل تاني.' },
    'media-lost': { title: 'الصوت اتقطع', advice: 'راجع الشبكة أو الـ VPN واتصل تاني.' },
    'carrier-refused': { title: 'شركة الاتصالات رفضت المكالمة', advice: again },
    'unsupported-browser': {
      title: 'المتصفح ده مش بيعمل مكالمات',
      advice: 'استخدم نسخة حديثة من Chrome أو Edge أو Firefox أو Safari.',
    },
    unknown: { title: 'حصلت مشكلة', advice: again },
  },
  setup: {
    service: 'ضيف عنوان الخدمة:',
    auth: 'ضيف العنوان اللي بيجيب تصريح الموظف:',
  },
  callGoesOn: 'المكالمة لسه شغالة، استنى لحظة.',
  muted: 'صوتك مكتوم',
  numberField: 'الرقم المطلوب',
  numberHint: 'اكتب الرقم',
  keypad: 'لوحة الأرقام',
  erase: 'امسح آخر رقم',
  call: 'اتصل',
  callAgain: 'اتصل تاني',
  editNumber: 'عدّل الرقم',
  hangUp: 'اقفل المكالمة',
  mute: 'كتم',
  close: 'إغلاق',
  collapse: 'صغّر',
  expand: 'افتح الهاتف',
  lasted: 'المدة',
  code: (carrierCode) => `كود ${carrierCode}`,
  duration({ hours, minutes, seconds }) {
    const words = [hours && count(hours, HOURS), minutes && count(minutes, MINUTES)].filter(Boolean);
    if (seconds || !words.length) words.push(count(seconds, SECONDS));
    return words.join(' و');
  },
};
