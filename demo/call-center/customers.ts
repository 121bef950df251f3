import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Text } from './language.ts';

/** A customer as the CRM's database holds one: the number is text, as whoever typed it wrote it. */
export interface Customer {
  readonly name: Text;
  readonly city: Text;
  /** What the last contact was about. */
  readonly about: Text;
  readonly lastContactDaysAgo: number;
  readonly phone: string;
}

/** Made up. Their last two digits call every far end of the sandbox. */
export const CUSTOMERS: readonly Customer[] = [
  {
    name: { ar: 'أحمد عبد الحميد', en: 'Ahmed Abdel Hamid' },
    city: { ar: 'القاهرة', en: 'Cairo' },
    about: { ar: 'غسالة ٨ كيلو، ميعاد صيانة', en: '8 kg washing machine, service visit' },
    lastContactDaysAgo: 0,
    phone: '010 0123 4500',
  },
  {
    name: { ar: 'سارة المنشاوي', en: 'Sara El Menshawy' },
    city: { ar: 'الجيزة', en: 'Giza' },
    about: { ar: 'ثلاجة ١٦ قدم، شكوى صوت', en: '16 ft fridge, noise complaint' },
    lastContactDaysAgo: 1,
    phone: '010 0123 4501',
  },
  {
    name: { ar: 'محمود الشرقاوي', en: 'Mahmoud El Sharkawy' },
    city: { ar: 'الزقازيق', en: 'Zagazig' },
    about: { ar: 'تكييف ١٫٥ حصان، تركيب', en: '1.5 hp air conditioner, installation' },
    lastContactDaysAgo: 1,
    phone: '+20 100 123 4502',
  },
  {
    name: { ar: 'هدى رمضان', en: 'Hoda Ramadan' },
    city: { ar: 'طنطا', en: 'Tanta' },
    about: { ar: 'بوتاجاز ٥ شعلة، قطعة غيار', en: '5-burner cooker, spare part' },
    lastContactDaysAgo: 2,
    phone: '٠١١ ٢٣٤٥ ٦٧٠٣',
  },
  {
    name: { ar: 'شركة النيل للفنادق', en: 'Nile Hotels Company' },
    city: { ar: 'القاهرة', en: 'Cairo' },
    about: { ar: 'عقد صيانة سنوي', en: 'Yearly service contract' },
    lastContactDaysAgo: 3,
    phone: '(02) 2461-2304',
  },
  {
    name: { ar: 'يوسف جرجس', en: 'Youssef Guirguis' },
    city: { ar: 'أسيوط', en: 'Asyut' },
    about: { ar: 'سخان غاز، ضمان', en: 'Gas water heater, warranty' },
    lastContactDaysAgo: 4,
    phone: '0020 122 345 6705',
  },
  {
    name: { ar: 'نورهان السيد', en: 'Nourhan El Sayed' },
    city: { ar: 'المنصورة', en: 'Mansoura' },
    about: { ar: 'ميكروويف، استبدال', en: 'Microwave, replacement' },
    lastContactDaysAgo: 6,
    phone: '+20 (0)155 234 5606',
  },
  {
    name: { ar: 'عمر حلمي', en: 'Omar Helmy' },
    city: { ar: '٦ أكتوبر', en: '6th of October' },
    about: { ar: 'غسالة أطباق، ميعاد توصيل', en: 'Dishwasher, delivery date' },
    lastContactDaysAgo: 7,
    phone: '0122-345-6707',
  },
  {
    name: { ar: 'مكتبة الإسكندرية الحديثة', en: 'Modern Alexandria Bookshop' },
    city: { ar: 'الإسكندرية', en: 'Alexandria' },
    about: { ar: 'تكييف مركزي، عرض سعر', en: 'Central air conditioning, quotation' },
    lastContactDaysAgo: 9,
    phone: '(03) 487-2108',
  },
  {
    name: { ar: 'فاطمة الزهراء علي', en: 'Fatma El Zahraa Ali' },
    city: { ar: 'أسوان', en: 'Aswan' },
    about: { ar: 'مروحة سقف، متابعة بعد البيع', en: 'Ceiling fan, after-sales call' },
    lastContactDaysAgo: 12,
    phone: '٠٠٢٠ ١٠٦ ٧٨٩ ٠١٠٩',
  },
  {
    name: { ar: 'د. سامح لطفي', en: 'Dr Sameh Lotfy' },
    city: { ar: 'الجيزة', en: 'Giza' },
    about: { ar: 'فلتر مياه، تغيير شمعات', en: 'Water filter, new cartridges' },
    lastContactDaysAgo: 15,
    phone: '02 3345 6712',
  },
  {
    name: { ar: 'إيمان خليل', en: 'Eman Khalil' },
    city: { ar: 'بورسعيد', en: 'Port Said' },
    about: { ar: 'ديب فريزر، استفسار', en: 'Chest freezer, question' },
    lastContactDaysAgo: 21,
    phone: '+201551234573',
  },
];

/** E.164 of a customer's number, for the hints of this demo; the dialer needs no help with it. */
export function numberOf(customer: Customer): string {
  return parsePhoneNumberFromString(customer.phone, 'EG')?.number ?? customer.phone;
}
