import type { Ref } from 'react';
import type { AlmasarDialer, CallDetail, CallEndedDetail } from 'almasar-dialer';
import type { Lead } from './leads.ts';

/** Asks your back end who the agent is. It looks at its own session; this demo's has none, so the query says it. */
async function getAuthToken(): Promise<string> {
  const response = await fetch('/call-center/auth-token?agent=mona', { method: 'POST' });
  if (!response.ok) throw new Error(`The sign-in answered ${response.status}.`);
  const answer = (await response.json()) as { token: string };
  return answer.token;
}

// A function goes in by ref: React would drop it from the JSX as long as the element is not defined yet, and its
// script comes when the page is idle. Strings are attributes, which are there from the start.
function signIn(element: AlmasarDialer): void {
  element.getAuthToken = getAuthToken;
}

interface DialerProps {
  ref: Ref<AlmasarDialer>;
  /** Whom the call is with, when the page knows. */
  lead: Lead | undefined;
  onRinging: (call: CallDetail) => void;
  onEnded: (call: CallEndedDetail) => void;
}

/** The phone, with what this CRM knows of the other side in its slot. Its JSX types: `almasar-dialer/react`. */
export function Dialer({ ref, lead, onRinging, onEnded }: DialerProps) {
  return (
    <almasar-dialer
      ref={(element) => {
        if (!element) return;
        signIn(element);
        if (typeof ref === 'function') ref(element);
        else if (ref) ref.current = element;
      }}
      service="/"
      default-country="EG"
      lang="en"
      onalmasar-call-ringing={({ detail }) => onRinging(detail)}
      onalmasar-call-ended={({ detail }) => onEnded(detail)}
    >
      {lead && (
        <div slot="customer">
          <strong>{lead.wants}</strong>
          <p>{lead.notes}</p>
        </div>
      )}
    </almasar-dialer>
  );
}
