import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { AppEnv } from '../environment.ts';

const SCRIPT = '/almasar-dialer.js';
const HASHED = 'public, max-age=31536000, immutable';
const REVALIDATED = 'no-cache';

/**
 * The widget as built: the script by its stable name, hashed chunks for ever, sounds and phone-number rules. Open to
 * every origin, since a module script of another origin needs `Access-Control-Allow-Origin`.
 */
export function widgetFiles(directory: string) {
  const app = new Hono<AppEnv>();
  if (!existsSync(join(directory, SCRIPT))) {
    return app.get(SCRIPT, (c) => c.text('The widget has not been built: run `npm run build` and start again.\n', 503));
  }
  const files = (path: string, cacheControl: string) =>
    app.get(
      path,
      async (c, next) => {
        await next();
        if (!c.res.ok) return;
        c.res.headers.set('Access-Control-Allow-Origin', '*');
        c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
        c.res.headers.set('Cache-Control', cacheControl);
      },
      serveStatic({ root: directory, precompressed: true }),
    );
  files(SCRIPT, REVALIDATED);
  files('/chunks/:file{[\\w.-]+\\.js}', HASHED);
  files('/phone/:file{[A-Z0-9]+\\.json}', REVALIDATED);
  files('/sounds/:file{\\w+\\.wav}', REVALIDATED);
  return app;
}
