/** A `tel:` link that was clicked, or is about to be. */
export interface TelLink {
  /** The number as the link has it, percent-decoded. */
  readonly to: string;
  /** `data-almasar-name`: a link's text may as well be “Call now”. */
  readonly name?: string | undefined;
  /** The whole address, for the browser. */
  readonly href: string;
}

/** The `tel:` link that an event happened on, also inside of open shadow roots; none if the page wants it left alone. */
export function telLinkOf(event: Event): TelLink | undefined {
  let link: TelLink | undefined;
  // An element of another frame is no `Element` of this one: what it can do counts, not what it is.
  for (const node of event.composedPath() as Partial<HTMLElement>[]) {
    const attribute = (name: string) => node.getAttribute?.(name);
    if (attribute('data-almasar-ignore') != null) return undefined;
    const href = attribute('href') ?? attribute('xlink:href') ?? '';
    const to = href.match(/^\s*tel:(.*)/is)?.[1];
    if (to == null || link || !/^a(rea)?$/.test(node.localName!)) continue;
    // A target with a name is the page's own softphone, say; the others mean nothing for `tel:`, and many pages put `_blank` on every link.
    // In a text that is being written, a click puts the caret there: browsers follow no link either.
    if (attribute('download') != null || node.isContentEditable || /^[^_]/.test(attribute('target') ?? ''))
      return undefined;
    link = { to: decoded(to), name: attribute('data-almasar-name') || undefined, href };
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
