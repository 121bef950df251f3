import { existsSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { contentSecurityPolicy, sandboxOrigins } from '../call-center/content-security-policy.ts';

interface Example {
  /** The page, beside this file. */
  file: string;
  title: string;
  about: string;
  /** Names of the Trusted Types policies that the page's own framework makes. */
  trustedTypes?: readonly string[];
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  plain: {
    file: 'plain.html',
    title: 'Plain HTML',
    about: 'One script tag, one element and tel: links; nothing else.',
  },
  react: {
    file: 'react/index.html',
    title: 'React 19',
    about: 'The element in JSX, typed: a property, events, a slot, a method.',
  },
  vue: {
    file: 'vue/index.html',
    title: 'Vue 3, in Arabic',
    about: 'Render functions, which need no eval; right to left.',
    trustedTypes: ['vue'],
  },
  'strict-csp': {
    file: 'strict-csp/index.html',
    title: 'Strict Content-Security-Policy',
    about: 'No inline script or style, Trusted Types, Permissions-Policy: the page shows the policy it is under.',
  },
};

const BUILT = new URL('../../dist/demo/examples/', import.meta.url);
const SCRIPT = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' };
const STYLE = { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' };
const ONLY_SANDBOX =
  'The example pages call invented numbers, so they open on the sandbox only: start the demo without TWILIO_ settings.\n';

function index() {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Almasar Dialer: examples</title>
        <link rel="icon" href="/call-center/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/examples/files/look.css" />
      </head>
      <body>
        <header>
          <h1>Examples</h1>
          <p>Pages to copy from. Their sources are in demo/examples.</p>
        </header>
        <main>
          <section>
            <ul>
              ${Object.entries(EXAMPLES).map(
                ([name, { title, about }]) => html`<li><a href="/examples/${name}">${title}</a>: ${about}</li>`,
              )}
            </ul>
          </section>
        </main>
      </body>
    </html>`;
}

/**
 * The example pages, each under a strict policy. `sandbox` is set while the sandbox stands in for Twilio: its script
 * is put before the page's own, and is the only thing that a copy of the page does without.
 */
export function createExamples(sandbox: { signalUrl: string; pageScriptUrl: string } | undefined): Hono {
  const app = new Hono();
  if (!sandbox) return app.all('*', (c) => c.text(ONLY_SANDBOX, 404));
  const origins = sandboxOrigins(sandbox);

  app.use(async function pageHeaders(c, next) {
    await next();
    c.res.headers.set('Permissions-Policy', 'microphone=(self)');
    c.res.headers.set('Referrer-Policy', 'same-origin');
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
  });

  app.get('/', (c) => {
    c.header('Content-Security-Policy', contentSecurityPolicy(origins));
    return c.html(index());
  });

  for (const [name, { file, trustedTypes }] of Object.entries(EXAMPLES)) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    const page = source.replace('<head>', `<head>\n    <script src="${sandbox.pageScriptUrl}"></script>`);
    const policy = contentSecurityPolicy(origins, trustedTypes);
    app.get(`/${name}`, (c) => c.html(page, 200, { 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' }));
    const script = new URL(`${name}.js`, BUILT);
    if (!existsSync(script)) continue;
    const code = readFileSync(script, 'utf8');
    app.get(`/files/${name}.js`, (c) => c.body(code, 200, SCRIPT));
  }

  const style = readFileSync(new URL('look.css', import.meta.url), 'utf8');
  app.get('/files/look.css', (c) => c.body(style, 200, STYLE));
  return app;
}
