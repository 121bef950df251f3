import { Hono } from 'hono';
import type { AppEnv } from '../../environment.ts';
import { docsPage } from './docs-page.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { openApiDocument } from './openapi.ts';

/** `/openapi.json`, and `/docs` to read it. Made when first asked for. */
export function descriptionRoutes(options: { version: string; publicUrl: string }) {
  let made: ReturnType<typeof make> | undefined;
  function make() {
    const document = openApiDocument(options);
    return { document, ...docsPage(document) };
  }
  const description = () => (made ??= make());

  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => {
      c.header('Cache-Control', 'no-cache');
      return c.json(description().document);
    })
    .get('/docs', (c) => {
      c.header('Content-Security-Policy', description().policy);
      c.header('Cache-Control', 'no-cache');
      return c.html(description().page);
    })
    .get('/docs.css', (c) =>
      c.body(DOCS_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
    );
}
