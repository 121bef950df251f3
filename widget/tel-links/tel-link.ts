/** A `tel:` link that was clicked, or is about to be. */
export interface TelLink {
  /** The number as the link has it, percent-decoded. */
  readonly to: string;
  /** `data-almasar-name`: a link's text may as well be “Call now”. */
  readonly name: string | undefined;
}

/** The `tel:` link that an event happened on, also inside of open shadow roots; none if the page wants it left alone. */
export function telLinkOf(event: Event): TelLink | undefined {
  let link: TelLink | undefined;
  for (const node of event.composedPath()) {
    if (!(node instanceof Element)) continue;
    if (node.hasAttribute('data-almasar-ignore')) return undefined;
    const href = /^\s*tel:(.*)/is.exec(node.getAttribute('href') ?? node.getAttribute('xlink:href') ?? '')?.[1];
    if (href === undefined || link || !/^(a|area)$/.test(node.localName)) continue;
    link = { to: decoded(href), name: node.getAttribute('data-almasar-name') || undefined };
  }
  return link;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

/** It is a plain click that nobody else has dealt with: no new tab, no menu, no handler of the page's own. */
export function isPlainClick(event: MouseEvent): boolean {
  return !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}
