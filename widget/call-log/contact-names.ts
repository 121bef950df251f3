/** What the page knows of a number; `url` leads to the customer in the CRM. */
export interface Contact {
  readonly name: string | null;
  readonly url?: string | null | undefined;
}

/** The page's own look-up. Null: nobody it knows. */
export type LookupContact = (number: string) => Promise<Contact | null>;

/** An address of the web; what a CRM holds may be anything, a script included. */
function safe(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url, document.baseURI)) return null;
  const { protocol, href } = new URL(url, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}

/** Asks the page once for each number that comes in sight without a name. */
export class ContactNames {
  readonly #changed: () => void;
  readonly #known = new Map<string, Contact | null>();
  #lookup: LookupContact | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Another look-up may know other people. */
  set lookup(lookup: LookupContact | undefined) {
    if (lookup === this.#lookup) return;
    this.#lookup = lookup;
    this.#known.clear();
  }

  /** Null while it is not known. */
  get(number: string): Contact | null {
    const known = this.#known.get(number);
    if (known !== undefined || !this.#lookup) return known ?? null;
    this.#known.set(number, null);
    void this.#ask(number, this.#lookup);
    return null;
  }

  async #ask(number: string, lookup: LookupContact): Promise<void> {
    try {
      const contact = await lookup(number);
      if (!contact || lookup !== this.#lookup) return;
      this.#known.set(number, { name: contact.name, url: safe(contact.url) });
      this.#changed();
    } catch {
      // The number is shown as it is.
    }
  }
}
