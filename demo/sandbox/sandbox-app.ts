import { Hono } from 'hono';
import { type Control, controlApi } from './control/control-api.ts';
import type { Log } from './log.ts';
import { pageScript } from './page-script.ts';
import { restApi, type RestApiOptions } from './rest/rest-api.ts';
import { RestError, restErrorResponse } from './rest/rest-error.ts';
import type { Parts } from './switch/parts.ts';

export const PAGE_SCRIPT_PATH = '/almasar-sandbox.js';

/** Everything the sandbox serves over HTTP: REST API, control API and the page's script. */
export function sandboxApp(parts: Parts, control: Control, signalUrl: string, options: RestApiOptions): Hono {
  const log: Log = parts.log;
  return new Hono()
    .get(PAGE_SCRIPT_PATH, (c) => {
      c.header('Content-Type', 'text/javascript; charset=utf-8');
      c.header('Access-Control-Allow-Origin', '*');
      c.header('Cache-Control', 'no-store');
      return c.body(pageScript(signalUrl));
    })
    .route('/', controlApi(control))
    .route('/', restApi(parts, options))
    .notFound((c) => c.json({ message: `The sandbox serves nothing at ${c.req.path}.` }, 404))
    .onError((error, c) => {
      if (error instanceof RestError) return restErrorResponse(error, c);
      log({ level: 'error', message: `${c.req.method} ${c.req.path} failed: ${error.message}` });
      return restErrorResponse(new RestError(500, 20500, 'Internal Server Error'), c);
    });
}
