/** What of the carrier the page must reach: Twilio's own hosts, or those of the sandbox. */
export interface CarrierOrigins {
  /** Origins of scripts the carrier needs in the page. Twilio needs none: its SDK is part of the dialer. */
  scripts: readonly string[];
  /** Origins that the Voice SDK connects to. */
  connections: readonly string[];
}

/** Twilio: "Voice JavaScript SDK", Content Security Policy. Script and sounds come from the dialer's own origin. */
export function twilioOrigins(edges: readonly string[], region: string | undefined): CarrierOrigins {
  return {
    scripts: [],
    connections: [
      ...(edges.length > 0 ? edges : ['roaming']).map((edge) => `wss://voice-js.${edge}.twilio.com`),
      region ? `https://eventgw.${region}.twilio.com` : 'https://eventgw.twilio.com',
    ],
  };
}

/** The sandbox in Twilio's place. */
export function sandboxOrigins(sandbox: { signalUrl: string; pageScriptUrl: string }): CarrierOrigins {
  return {
    scripts: [new URL(sandbox.pageScriptUrl).origin],
    connections: [new URL(sandbox.signalUrl).origin],
  };
}

/**
 * A strict policy under which the dialer works; a CRM adds these sources to its own. Trusted Types: the dialer's
 * only policy is Lit's, and a page that uses Lit itself makes one of the same name (`'allow-duplicates'`).
 * `trustedTypes` are the names of the policies that the page's own framework makes.
 */
export function contentSecurityPolicy(carrier: CarrierOrigins, trustedTypes: readonly string[] = []): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...carrier.scripts],
    'style-src': ["'self'"],
    'connect-src': ["'self'", ...carrier.connections],
    // The mark of an incoming call in the tab.
    'img-src': ["'self'", 'data:'],
    'media-src': ["'self'", 'mediastream:'],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['lit-html', ...trustedTypes, "'allow-duplicates'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}
