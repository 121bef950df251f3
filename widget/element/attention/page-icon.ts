/** A handset on a disc: the dialer's own sign of a call, in place of the page's icon while it rings. */
const BADGE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#14783f"/><path fill="#fff" d="M10.4 7.5h1.9c.6 0 1.1.5 1.2 1l.7 3.4c.1.5 0 1-.4 1.3l-1.7 1.7a14.6 14.6 0 0 0 5.8 5.8l1.7-1.7c.3-.4.8-.5 1.3-.4l3.4.7c.5.1 1 .6 1 1.2v1.9a2.6 2.6 0 0 1-2.6 2.6A15 15 0 0 1 7.8 10.1a2.6 2.6 0 0 1 2.6-2.6z"/></svg>',
)}`;

/** The page's policy has refused an icon of ours once: it is not tried again. */
let refused = false;

/** Puts a badge in place of the page's icon, and the page's own back. */
export class PageIcon {
  readonly #link = document.createElement('link');
  /** The page's icons, each with the comment that keeps its place. */
  #own: (readonly [HTMLLinkElement, Comment])[] = [];

  constructor() {
    this.#link.rel = 'icon';
    this.#link.href = BADGE;
  }

  badge(): void {
    if (refused) return;
    document.addEventListener('securitypolicyviolation', this.#onViolation);
    for (const link of document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) {
      const place = document.createComment('');
      link.replaceWith(place);
      this.#own.push([link, place]);
    }
    document.head.append(this.#link);
  }

  restore(): void {
    document.removeEventListener('securitypolicyviolation', this.#onViolation);
    if (!this.#link.isConnected) return;
    this.#link.remove();
    for (const [link, place] of this.#own) place.replaceWith(link);
    this.#own = [];
  }

  readonly #onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective !== 'img-src' || blockedURI !== 'data') return;
    refused = true;
    this.restore();
  };
}
