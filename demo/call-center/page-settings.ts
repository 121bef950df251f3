import type { Language } from './language.ts';

/** What the server tells the page's script, as JSON in `#page-settings`. */
export interface PageSettings {
  language: Language;
  authEndpoint: string;
  /** The CRM's customers by E.164 number, in the page's language. */
  customers: Record<string, { name: string; phone: string }>;
}
