import { defineComponent, h, ref } from 'vue';
import type { CallEndedDetail } from 'almasar-dialer';
import { Dialer } from './dialer.ts';
import { OUTCOMES, TICKETS, type Ticket } from './tickets.ts';

/** The CRM: visits to agree on, and the last call about each. */
export const TicketsPage = defineComponent(() => {
  const lastCalls = ref<Readonly<Record<string, CallEndedDetail>>>({});

  function ended(call: CallEndedDetail): void {
    if (call.name) lastCalls.value = { ...lastCalls.value, [call.name]: call };
  }

  function lastCall({ customer }: Ticket) {
    const call = lastCalls.value[customer];
    if (!call) return h('td', { class: 'quiet' }, 'لسه');
    return h('td', { 'data-outcome': call.outcome }, call.outcome ? OUTCOMES[call.outcome] : 'مش معروف');
  }

  return () => [
    h('header', [h('h1', 'تذاكر الصيانة'), h('p', 'دوس على الرقم عشان تتفق على ميعاد الزيارة.')]),
    h('main', [
      h('section', [
        h('table', [
          h('thead', [
            h(
              'tr',
              ['رقم', 'العميل', 'المشكلة', 'التليفون', 'آخر مكالمة'].map((title) => h('th', title)),
            ),
          ]),
          h(
            'tbody',
            TICKETS.map((ticket) =>
              h('tr', { key: ticket.id }, [
                h('td', ticket.id.toLocaleString('ar-EG')),
                h('td', ticket.customer),
                h('td', ticket.about),
                h('td', [h('a', { href: `tel:${ticket.phone}`, 'data-almasar-name': ticket.customer }, ticket.phone)]),
                lastCall(ticket),
              ]),
            ),
          ),
        ]),
      ]),
    ]),
    h(Dialer, { onEnded: ended }, () => h('p', { slot: 'customer' }, 'اتأكد من العنوان قبل ما تقفل.')),
  ];
});
