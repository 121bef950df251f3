import { html } from 'hono/html';
import type { OpenApiDocument, Operation, Schema } from './openapi.ts';

type Html = ReturnType<typeof html>;

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const nameOf = (ref: unknown) => String(ref).split('/').at(-1)!;

function schemaLink({ $ref: ref }: Schema): Html {
  return html`<a href="#${nameOf(ref)}"><code>${nameOf(ref)}</code></a>`;
}

function schemaText(schema: Schema): Html {
  if (schema['$ref'] !== undefined) return html`<p>${schemaLink(schema)}</p>`;
  return html`<pre dir="ltr">${JSON.stringify(schema, null, 2)}</pre>`;
}

function operationHtml(method: string, path: string, operation: Operation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation;
  const [needs] = security.flatMap((each) => Object.keys(each));
  return html`<details>
    <summary>
      <span class="method">${method.toUpperCase()}</span> <code>${path}</code>
      <p class="quiet">${summary}</p>
    </summary>
    <div id="${operationId}">
      ${description ? html`<p>${description}</p>` : ''}
      <p class="quiet">${needs ? html`Asks for <code>${needs}</code>.` : 'Asks for no credentials.'}</p>
      ${parameters.length > 0 ? html`<h3>Parameters</h3>` : ''}
      <table>
        ${parameters.map(
          (parameter) =>
            html`<tr>
              <td><code>${parameter.name}</code></td>
              <td>${parameter.in}${parameter.required ? ', required' : ''}</td>
              <td><code>${JSON.stringify(parameter.schema)}</code></td>
            </tr>`,
        )}
      </table>
      ${Object.entries(requestBody?.content ?? {}).map(
        ([type, { schema }]) =>
          html`<h3>Body: ${type}</h3>
            ${schemaText(schema)}`,
      )}
      <h3>Answers</h3>
      <table>
        ${Object.entries(responses).map(
          ([status, { description: text, content = {} }]) =>
            html`<tr>
              <td><code>${status}</code></td>
              <td>${text}</td>
              <td>
                ${Object.entries(content).map(([type, { schema }]) =>
                  schema?.['$ref'] === undefined ? html`<code>${type}</code>` : schemaLink(schema),
                )}
              </td>
            </tr>`,
        )}
      </table>
    </div>
  </details>`;
}

/** The description as a page without a script, and the policy that it is sent with. */
export function docsPage({ info, tags, paths, components }: OpenApiDocument): { page: Html; policy: string } {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${info.title} · API</title>
        <link rel="stylesheet" href="/docs.css" />
      </head>
      <body>
        <main>
          <h1>${info.title} <span class="quiet">${info.version}</span></h1>
          <p>${info.description} For programs: <a href="/openapi.json">openapi.json</a>.</p>
          <p lang="ar" dir="rtl">كل العناوين اللي السيستم بيرد عليها: مين يقدر يسأل، وبيبعت إيه، والرد شكله إيه.</p>
          ${tags.map(
            ({ name }) =>
              html`<h2>${name}</h2>
                ${operations
                  .filter(({ operation }) => operation.tags.includes(name))
                  .map(({ method, path, operation }) => operationHtml(method, path, operation))}`,
          )}
          <h2>Schemas</h2>
          ${Object.entries(components.schemas).map(
            ([name, schema]) =>
              html`<details>
                <summary><code>${name}</code></summary>
                <div id="${name}"><pre dir="ltr">${JSON.stringify(schema, null, 2)}</pre></div>
              </details>`,
          )}
        </main>
      </body>
    </html>`;
  return { page, policy: POLICY };
}
