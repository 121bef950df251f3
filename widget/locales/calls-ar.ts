import type { CallMessages } from './messages.ts';

const again = 'جرّب تاني. لو اتكررت بلّغ المسؤول.';

/** What Arabic says of calls and of trouble. */
export const arCalls: CallMessages = {
  outcomes: {
    answered: { title: 'المكالمة خلصت', advice: 'هتلاقيها في سجل المكالمات بعد لحظات.' },
    busy: { title: 'مشغول', advice: 'الخط مشغول دلوقتي. جرّب بعد كام دقيقة.' },
    'no-answer': { title: 'محدش رد', advice: 'جرّب في وقت تاني.' },
    declined: { title: 'رفض المكالمة', advice: 'العميل مش فاضي دلوقتي. جرّب في وقت تاني.' },
    'not-in-service': { title: 'الرقم مش في الخدمة', advice: 'راجع الرقم، أو جرّب رقم تاني للعميل.' },
    canceled: { title: 'لغيت المكالمة', advice: 'قفلت قبل ما العميل يرد.' },
    failed: { title: 'المكالمة ماتمتش', advice: again },
    missed: { title: 'مكالمة فاتتك', advice: 'العميل قفل قبل ما ترد. كلّمه لما تفضى.' },
    voicemail: { title: 'ساب رسالة صوتية', advice: 'الرسالة في سجل المكالمات.' },
  },
  declinedHere: { title: 'رفضت المكالمة', advice: 'العميل اتحوّل لغيرك.' },
  problems: {
    'service-not-set': { title: 'التليفون لسه محتاج إعداد', advice: 'بلّغ المسؤول عن الصفحة يكمّل الإعداد.' },
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
    'no-caller-id': { title: 'مفيش رقم نتصل منه', advice: 'اطلب من المسؤول يراجع رقم الشركة.' },
    'agent-blocked': { title: 'المكالمات موقوفة ليك', advice: 'اطلب من المسؤول يفتحها تاني.' },
    'calls-too-many': { title: 'مكالمات كتير دلوقتي', advice: 'استنى شوية وكلّم تاني.' },
    'calls-at-once': { title: 'فيه مكالمة لسه مفتوحة', advice: 'اقفلها أو استنى ثواني وكلّم تاني.' },
    'number-called-too-often': { title: 'الرقم ده اتكلم كتير', advice: 'سيب العميل يرتاح وجرّب بعد ساعة.' },
    'spend-limit': { title: 'ميزانية مكالمات النهارده خلصت', advice: 'اطلب من المسؤول يزوّدها.' },
    'service-busy': { title: 'الخدمة مشغولة', advice: 'استنى ثواني وجرّب تاني.' },
    'microphone-denied': {
      title: 'الميكروفون مقفول',
      advice: 'اسمح بالميكروفون من العلامة اللي جنب عنوان الصفحة، واتصل تاني.',
    },
    'microphone-dismissed': {
      title: 'المتصفح مستني موافقتك',
      advice: 'اتصل تاني، ولما يسألك عن الميكروفون اختار «سماح».',
    },
    'microphone-denied-by-system': {
      title: 'الجهاز قافل الميكروفون',
      advice: 'افتح إعدادات الخصوصية في الجهاز واسمح للمتصفح بالميكروفون، واتصل تاني.',
    },
    'microphone-not-allowed-here': {
      title: 'الصفحة مانعة الميكروفون',
      advice: 'المسؤول عن الصفحة لازم يسمح بيه: \u2068allow="microphone"\u2069 أو Permissions-Policy.',
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
    'content-policy': {
      title: 'حماية الصفحة مانعة التليفون',
      advice: 'المسؤول عن الصفحة يضيف عناوين التليفون في Content-Security-Policy.',
    },
    'unsupported-browser': {
      title: 'المتصفح ده مش بيعمل مكالمات',
      advice: 'استخدم نسخة حديثة من Chrome أو Edge أو Firefox أو Safari.',
    },
    unknown: { title: 'حصلت مشكلة', advice: again },
  },
  unreachable: {
    connecting: { title: 'بنوصّل التليفون', advice: 'ثواني ومكالمات العملاء هترن هنا.' },
    away: { title: 'إنت مش متاح', advice: 'مكالمات العملاء بتروح لغيرك لحد ما ترجع متاح.' },
    offline: { title: 'مفيش إنترنت', advice: 'مكالمات العملاء مش بتوصلك. راجع الشبكة، وهنرجع لوحدنا.' },
    asleep: { title: 'المتصفح نيّم الصفحة', advice: 'سيب الصفحة دي مفتوحة قدامك علشان المكالمات توصلك.' },
    'no-microphone': {
      title: 'مش هتقدر ترد',
      advice: 'وصّل السماعة، أو اسمح بالميكروفون من جنب عنوان الصفحة.',
    },
    'signed-out': { title: 'إنت مش مسجّل دخولك', advice: 'سجّل الدخول وحدّث الصفحة علشان المكالمات توصلك.' },
    service: { title: 'مش واصلين للخدمة', advice: 'مكالمات العملاء مش بتوصلك. بنحاول لوحدنا؛ لو طوّلت بلّغ المسؤول.' },
  },
  warnings: {
    'not-heard-microphone': {
      title: 'مش سامعينك',
      advice: 'الميكروفون ساكت. شوف زرار الكتم في السماعة، أو اختار ميكروفون تاني.',
    },
    'not-heard-network': { title: 'صوتك مش واصل للعميل', advice: 'الشبكة مش بتوصّله. قرّب من الراوتر أو اقفل التحميل.' },
    'customer-silent': { title: 'مفيش صوت من العميل', advice: 'اسأله سامعك ولا لأ، وعلّي صوت السماعة.' },
    delayed: { title: 'الصوت بيتأخر', advice: 'استنى لحظة بعد كل جملة. كابل الشبكة أحسن من الواي فاي.' },
    choppy: { title: 'الصوت بيقطّع', advice: 'الشبكة ضعيفة. اقفل التحميل والفيديو، أو قرّب من الراوتر.' },
    'no-connection': { title: 'الصوت مقطوع', advice: 'بنحاول نرجّعه. راجع الإنترنت.' },
  },
  notices: {
    'microphone-changed': { title: 'الميكروفون اتغيّر', advice: 'شغالين دلوقتي على:' },
    'microphone-lost': { title: 'الميكروفون اتفصل', advice: 'كمّلنا على:' },
    'speaker-changed': { title: 'السماعة اتغيّرت', advice: 'الصوت دلوقتي من:' },
    'device-found': { title: 'جهاز جديد وصل', advice: 'تقدر تختاره من إعدادات الصوت:' },
  },
  places: {
    'other-tab': { title: 'التليفون في تبويب تاني', advice: 'الصوت هناك، واتحكم من هنا.' },
    'phone-window': { title: 'التليفون في شباك لوحده', advice: 'الصوت هناك، واتحكم من هنا.' },
  },
  bringHere: 'هاته هنا',
  ringBlocked: { title: 'المتصفح كاتم الرنة', advice: 'دوس هنا علشان تسمعها.' },
  silence: 'سكّت الرنة',
  silenced: 'الرنة ساكتة',
  setup: {
    service: 'ضيف عنوان الخدمة:',
    auth: 'ضيف العنوان اللي بيجيب تصريح الموظف:',
  },
  callGoesOn: 'المكالمة لسه شغالة، استنى لحظة.',
  waiting: 'عميل تاني بيتصل',
  endAndAnswer: 'اقفل ورد',
  callAgain: 'اتصل تاني',
  callBack: 'كلّمه',
  editNumber: 'عدّل الرقم',
  lasted: 'المدة',
  back: 'رجوع',
  loading: 'بيحمّل…',
  loadFailed: 'ماقدرناش نحمّل ده. راجع الإنترنت.',
  retry: 'جرّب تاني',
  code: (carrierCode) => `كود ${carrierCode}`,
};
