import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';

const SCRIPT = '/almasar-dialer.js';
/** Of the companion window, by the same name for ever. */
const WINDOW_SCRIPT = '/phone-window.js';
const WINDOW_STYLE = '/phone-window.css';
const BRIDGE = '/almasar-bridge.js';
const HASHED = 'public, max-age=31536000, immutable';
const REVALIDATED = 'no-cache';
const FOR_A_DAY = 'public, max-age=86400';
const HIDDEN = 'no-store';

function headers(cacheControl: string) {
  return createMiddleware<AppEnv>(async function widgetHeaders(c, next) {
    await next();
    c.res.headers.set('Cache-Control', c.res.ok || c.res.status === 304 ? cacheControl : HIDDEN);
    // Hono has no type for WAV, and under nosniff a browser plays nothing that is not called audio.
    if (c.res.ok && c.req.path.endsWith('.wav')) c.res.headers.set('Content-Type', 'audio/wav');
    // A module script of another origin needs the first, a page that isolates itself the second.
    c.res.headers.set('Access-Control-Allow-Origin', '*');
    c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  });
}

/**
 * The widget as built, open to every origin: the script and the bridge by their stable names, hashed chunks for ever, sounds and
 * phone-number rules. The script also by the name of its `version`, for pages that say which bytes they take (W3C:
 * Subresource Integrity). Nothing else of the directory.
 */
export function widgetFiles(directory: string, version: string) {
  const app = new Hono<AppEnv>();
  const isBuilt = (file: string) => existsSync(join(directory, file));
  const unbuilt = 'The widget has not been built: run `npm run build` and start again.\n';
  for (const script of [SCRIPT, WINDOW_SCRIPT]) {
    if (!isBuilt(script)) app.get(script, headers(HIDDEN), (c) => c.text(unbuilt, 503));
  }
  if (!isBuilt(SCRIPT)) return app;
  const files = serveStatic<AppEnv>({ root: directory, precompressed: true });
  const current = `/almasar-dialer@${version}.js`;
  app.get('/:script{almasar-dialer@[^/]+\\.js}', async (c, next) => {
    if (c.req.path === current) return next();
    const text = `This service serves version ${version} of the widget: ${current}, and ${SCRIPT} whatever the version.\n`;
    return c.text(text, 404, { 'Cache-Control': HIDDEN, 'Access-Control-Allow-Origin': '*' });
  });
  const renamed = serveStatic<AppEnv>({ root: directory, precompressed: true, rewriteRequestPath: () => SCRIPT });
  app.get(current, headers(HASHED), renamed);
  app.get('/chunks/:file{[\\w.-]+\\.js}', headers(HASHED), files);
  for (const file of [SCRIPT, BRIDGE, WINDOW_SCRIPT, WINDOW_STYLE].filter(isBuilt)) {
    app.get(file, headers(REVALIDATED), etag(), files);
  }
  app.get('/phone/:file{[A-Z0-9]+(?:-form)?\\.json}', headers(REVALIDATED), etag(), files);
  // Players ask for parts, and a tag made of a part would name another file each time.
  app.get('/sounds/:file{\\w+\\.wav}', headers(FOR_A_DAY), files);
  return app;
}
