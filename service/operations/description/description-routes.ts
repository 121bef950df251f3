import { Hono } from 'hono';
import type { AppEnv } from '../../environment.ts';

/** `/openapi.json`, and `/docs` to read it. Loaded and made when first asked for. */
export function descriptionRoutes(options: { version: string; publicUrl: string }) {
  let made: ReturnType<typeof make> | undefined;
  async function make() {
    const [{ openApiDocument }, { docsPage }, { DOCS_STYLE }] = await Promise.all([
      import('./openapi.ts'),
      import('./docs-page.ts'),
      import('./docs-style.ts'),
    ]);
    const document = openApiDocument(options);
    return { document, style: DOCS_STYLE, ...docsPage(document) };
  }
  const description = () => (made ??= make());

  return new Hono<AppEnv>()
    .get('/openapi.json', async (c) => {
      c.header('Cache-Control', 'no-cache');
      return c.json((await description()).document);
    })
    .get('/docs', async (c) => {
      const { page, policy } = await description();
      c.header('Content-Security-Policy', policy);
      c.header('Cache-Control', 'no-cache');
      return c.html(page);
    })
    .get('/docs.css', async (c) => {
      const { style } = await description();
      return c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' });
    });
}
