import { h, type FunctionalComponent } from 'vue';
import type { CallEndedDetail } from 'almasar-dialer';

/** Asks your back end who the agent is. It looks at its own session; this demo's has none, so the query says it. */
async function getAuthToken(): Promise<string> {
  const response = await fetch('/call-center/auth-token?agent=mona', { method: 'POST' });
  if (!response.ok) throw new Error(`The sign-in answered ${response.status}.`);
  const answer = (await response.json()) as { token: string };
  return answer.token;
}

/**
 * The phone. In a template the same is
 * `<almasar-dialer service="/" :get-auth-token.prop="getAuthToken" @almasar-call-ended="…">`, with
 * `isCustomElement: (tag) => tag.startsWith('almasar-')` among the compiler's options.
 */
export const Dialer: FunctionalComponent<object, { ended: (call: CallEndedDetail) => void }> = (_props, context) =>
  h(
    'almasar-dialer',
    {
      service: '/',
      'default-country': 'EG',
      lang: 'ar',
      // The dot makes it a property, also while the element is not defined yet.
      '.getAuthToken': getAuthToken,
      onAlmasarCallEnded: ({ detail }: CustomEvent<CallEndedDetail>) => context.emit('ended', detail),
    },
    context.slots['default']?.(),
  );
Dialer.emits = ['ended'];
