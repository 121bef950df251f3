import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { AppEnv } from '../environment.ts';

/** Of the device, the microphone is needed and nothing else. */
const PERMISSIONS = 'microphone=(self), camera=(), display-capture=(), geolocation=(), midi=(), payment=(), usb=()';

const STYLE = 'phone-window.css';

/** In the language of the page: what the window is called, and what is said where no script runs. */
const WORDS = {
  ar: { title: 'التليفون', noScript: 'التليفون محتاج JavaScript علشان يشتغل.' },
  en: { title: 'Phone', noScript: 'The phone needs JavaScript.' },
} as const;
type Language = keyof typeof WORDS;

export interface PhonePageOptions {
  /** Scripts that the page loads before its own. */
  phonePageScripts: readonly string[];
  /** Origins that the phone connects to; Twilio's own for the edge and region when undefined. */
  phonePageConnections: readonly string[] | undefined;
  edges: readonly string[];
  region: string | undefined;
  widgetDirectory: string;
}

/** Twilio: "Voice JavaScript SDK", Content Security Policy. */
function twilioConnections(edges: readonly string[], region: string | undefined): string[] {
  return [
    ...(edges.length > 0 ? edges : ['roaming']).map((edge) => `wss://voice-js.${edge}.twilio.com`),
    region ? `https://eventgw.${region}.twilio.com` : 'https://eventgw.twilio.com',
  ];
}

function contentSecurityPolicy(scripts: readonly string[], connections: readonly string[]): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...new Set(scripts.map((script) => new URL(script).origin))],
    'style-src': ["'self'"],
    'connect-src': ["'self'", ...connections],
    // The mark of an incoming call in the tab.
    'img-src': ["'self'", 'data:'],
    'media-src': ["'self'", 'mediastream:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['lit-html', "'allow-duplicates'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

/** `?lang=` first, then the first of Accept-Language that the page speaks, then Arabic. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  const wanted = [asked ?? '', ...(accepted ?? '').split(',')].map((tag) => /^\s*([a-z]{2})\b/i.exec(tag)?.[1]);
  return wanted.map((tag) => tag?.toLowerCase()).find((tag) => tag === 'ar' || tag === 'en') ?? 'ar';
}

/** `GET /phone`: the companion window, which keeps calls while the pages of the CRM come and go. */
export function phonePage(options: PhonePageOptions) {
  const { phonePageScripts, phonePageConnections, edges, region, widgetDirectory } = options;
  const policy = contentSecurityPolicy(phonePageScripts, phonePageConnections ?? twilioConnections(edges, region));
  const styled = existsSync(join(widgetDirectory, STYLE));
  return new Hono<AppEnv>().get('/phone', (c) => {
    const language = languageOf(c.req.query('lang'), c.req.header('accept-language'));
    const words = WORDS[language];
    c.header('Content-Security-Policy', policy);
    c.header('Permissions-Policy', PERMISSIONS);
    c.header('Cache-Control', 'no-store');
    c.header('Vary', 'Accept-Language');
    return c.html(
      html`<!doctype html>
        <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="format-detection" content="telephone=no" />
            <title>${words.title}</title>
            ${styled ? html`<link rel="stylesheet" href="/${STYLE}" />` : ''}
            ${phonePageScripts.map((script) => html`<script src="${script}"></script>`)}
            <script type="module" src="/phone-window.js"></script>
          </head>
          <body>
            <almasar-dialer inline service="/" lang="${language}"></almasar-dialer>
            <noscript>${words.noScript}</noscript>
          </body>
        </html>`,
    );
  });
}
