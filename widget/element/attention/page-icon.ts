/** A handset on a disc: the dialer's own sign of a call, in place of the page's icon while it rings. */
const BADGE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#14783f"/><path fill="#fff" d="M10.4 7.5h1.9c.6 0 1.1.5 1.2 1l.7 3.4c.1.5 0 1-.4 1.3l-1.7 1.7a14.6 14.6 0 0 0 5.8 5.8l1.7-1.7c.3-.4.8-.5 1.3-.4l3.4.7c.5.1 1 .6 1 1.2v1.9a2.6 2.6 0 0 1-2.6 2.6A15 15 0 0 1 7.8 10.1a2.6 2.6 0 0 1 2.6-2.6z"/></svg>',
)}`;

/** The page's policy has refused an icon of ours once: it is not tried again. */
let refused = false;

/** There is one icon of a page, however many phones are in it: who has put the badge there and not taken it away yet. */
const wearers = new Set<PageIcon>();

const link = document.createElement('link');
link.rel = 'icon';
link.href = BADGE;

/** The page's icons, each with the comment that keeps its place. */
let own: (readonly [HTMLLinkElement, Comment])[] = [];

function putOn(): void {
  document.addEventListener('securitypolicyviolation', onViolation);
  for (const icon of document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) {
    const place = document.createComment('');
    icon.replaceWith(place);
    own.push([icon, place]);
  }
  document.head.append(link);
}

function takeOff(): void {
  wearers.clear();
  document.removeEventListener('securitypolicyviolation', onViolation);
  link.remove();
  for (const [icon, place] of own) place.replaceWith(icon);
  own = [];
}

function onViolation({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective !== 'img-src' || blockedURI !== 'data') return;
  refused = true;
  takeOff();
}

/** Puts a badge in place of the page's icon, and the page's own back once nobody wants the badge any more. */
export class PageIcon {
  badge(): void {
    if (refused) return;
    if (wearers.size === 0) putOn();
    wearers.add(this);
  }

  restore(): void {
    if (wearers.delete(this) && wearers.size === 0) takeOff();
  }
}
