/** A directive of the page that keeps the dialer from something, as an operator has to know it. */
export interface Violation {
  /** `connect-src wss://voice-js.roaming.twilio.com` */
  readonly detail: string;
}

/** What the page's Content-Security-Policy has refused since the watch began. */
export interface ContentPolicy {
  /** The first one since then, of these directives or of any; undefined when there is none. */
  readonly violation: (of?: RegExp) => Violation | undefined;
  readonly close: () => void;
}

const DIRECTIVES = /^(connect-src|media-src|script-src)/;

/** Twilio's signalling; its telemetry (eventgw) may well be refused. */
const SIGNALLING = /^voice-js\.[\w-]+\.twilio\.com$/;

/** Listens to what the page's policy refuses, of what the dialer needs: these hosts and the carrier's. `tell` hears of each, once. */
export function watchContentPolicy(page: EventTarget, own: readonly URL[], tell = () => {}): ContentPolicy {
  const hosts = new Set(own.map(({ host }) => host));
  const seen: Violation[] = [];

  const onViolation = (event: Event) => {
    const { effectiveDirective, blockedURI, disposition } = event as SecurityPolicyViolationEvent;
    // One that only reports refuses nothing.
    if (disposition === 'report' || !DIRECTIVES.test(effectiveDirective) || !URL.canParse(blockedURI)) return;
    const url = new URL(blockedURI);
    if (!(hosts.has(url.host) || SIGNALLING.test(url.hostname))) return;
    // What may be loaded from there is in `script-src`, whatever the browser calls its part.
    const directive = DIRECTIVES.exec(effectiveDirective)?.[0];
    const detail = `${directive} ${url.protocol}//${url.host}`;
    if (seen.some((each) => each.detail === detail)) return;
    seen.push(Object.freeze({ detail }));
    tell();
  };

  page.addEventListener('securitypolicyviolation', onViolation);
  return {
    violation: (of = DIRECTIVES) => seen.find(({ detail }) => of.test(detail)),
    close: () => page.removeEventListener('securitypolicyviolation', onViolation),
  };
}
