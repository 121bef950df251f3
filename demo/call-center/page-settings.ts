/** What the server tells the page's script, as JSON in `#page-settings`. */
export interface PageSettings {
  /** Names of the CRM's customers by E.164 number, in the page's language. */
  customers: Record<string, string>;
}
