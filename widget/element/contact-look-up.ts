import type { Dialer } from '../core/dialer.ts';
import type { Call, DialerState } from '../core/state.ts';

/** What a page's look-up answers of a number. */
export interface Contact {
  readonly name?: string | null;
  /** A line under the name: a company, a plan, “owes 300 EGP”. */
  readonly detail?: string | null;
  /** Address of the page's own record; `http` and `https` only. */
  readonly url?: string | null;
}

/** Asks the page who a number belongs to. */
export type LookUpContact = (number: string) => Promise<Contact | null>;

/** What is shown of a contact besides the name. */
export interface ContactDetail {
  readonly detail: string | null;
  readonly url: string | null;
}

export interface ContactLookUpHost {
  readonly state: DialerState;
  readonly lookupContact: LookUpContact | undefined;
  readonly dialer: Dialer | undefined;
  requestUpdate(): void;
}

/** The address, if following it opens a page and runs nothing. */
function webAddress(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url, document.baseURI)) return null;
  const { protocol, href } = new URL(url, document.baseURI);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** Asks the page once about every call whose name nobody knows. An answer that is late or fails disturbs nothing. */
export class ContactLookUp {
  readonly #host: ContactLookUpHost;
  readonly #found = new Map<string, ContactDetail | undefined>();

  constructor(host: ContactLookUpHost) {
    this.#host = host;
  }

  of({ callId }: Call): ContactDetail | undefined {
    return this.#found.get(callId);
  }

  /** To be called at every change of the state. */
  look(): void {
    const { lookupContact, state } = this.#host;
    if (!lookupContact) return;
    for (const call of [state.call, state.waiting]) {
      if (!call || call.name !== null || !call.number || this.#found.has(call.callId)) continue;
      // An outgoing number is asked about as soon as it is E.164.
      if (call.direction === 'outgoing' && !call.number.startsWith('+') && state.phase === 'dialing') continue;
      this.#found.set(call.callId, undefined);
      void this.#ask(lookupContact, call);
    }
  }

  async #ask(lookupContact: LookUpContact, { callId, number }: Call): Promise<void> {
    try {
      const contact = await lookupContact(number);
      if (!contact) return;
      this.#found.set(callId, Object.freeze({ detail: contact.detail || null, url: webAddress(contact.url) }));
      if (contact.name) this.#host.dialer?.nameCustomer(callId, contact.name);
      this.#host.requestUpdate();
    } catch (error) {
      // The page's own mistake, told where a page's mistakes are told.
      globalThis.reportError(error);
    }
  }
}
