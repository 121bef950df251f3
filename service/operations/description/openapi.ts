import * as z from 'zod';
import * as adminContract from '../../admin-contract.ts';
import * as contract from '../../contract.ts';
import { ServiceError } from '../../errors.ts';
import { readinessAnswer } from '../readiness.ts';
import { agentsRoutes } from './agents-routes.ts';
import { carrierRoutes } from './carrier-routes.ts';
import type { Access, DescribedRoute } from './described-route.ts';
import { operatorsRoutes } from './operators-routes.ts';

export const DESCRIBED_ROUTES: readonly DescribedRoute[] = [...agentsRoutes, ...carrierRoutes, ...operatorsRoutes];

export interface Schema {
  [keyword: string]: unknown;
}

export interface Answer {
  description: string;
  content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  requestBody?: { required: true; content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer>;
  security: Record<string, string[]>[];
}

/** An OpenAPI 3.1 document, as far as it is used here. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> };
}

/** Errors that every route of an access may answer. */
const COMMON_ERRORS: Record<Access, readonly contract.ErrorCode[]> = {
  agent: ['unauthenticated', 'too-many-requests', 'service-busy', 'internal'],
  carrier: [
    'signature-invalid',
    'method-not-allowed',
    'unsupported-media-type',
    'payload-too-large',
    'invalid-request',
    'service-busy',
    'internal',
  ],
  link: ['service-busy', 'internal'],
  operator: ['unauthenticated', 'not-found'],
  anybody: [],
};

const SECURITY: Record<Access, Record<string, string[]>[]> = {
  agent: [{ crmToken: [] }],
  carrier: [{ twilioSignature: [] }],
  operator: [{ metricsToken: [] }],
  link: [],
  anybody: [],
};

const SECURITY_SCHEMES: Record<string, Schema> = {
  crmToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The short-lived JWT that the CRM’s back end signs for its agent: aud almasar-dialer, sub the agent.',
  },
  twilioSignature: { type: 'apiKey', in: 'header', name: 'X-Twilio-Signature', description: 'Over PUBLIC_URL.' },
  metricsToken: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN.' },
};

/** A format says what its pattern says, and can be read. */
function withoutPattern({ jsonSchema }: { jsonSchema: Schema }): void {
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern'];
}

/** A schema inside the document is what its place says. */
function withoutNames(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$schema' && keyword !== '$id'));
}

function componentName(exported: string): string {
  return exported[0]!.toUpperCase() + exported.slice(1);
}

/** The contracts' schemas by name: where one of them is meant, it is referred to. */
function namedSchemas() {
  const registry = z.registry<{ id: string }>();
  const all: Record<string, unknown> = { ...contract, ...adminContract, readinessAnswer };
  for (const [name, schema] of Object.entries(all)) {
    if (schema instanceof z.ZodObject) registry.add(schema, { id: componentName(name) });
  }
  const uri = (id: string) => `#/components/schemas/${id}`;
  // As senders of a body have to write it: a default need not be given.
  const { schemas } = z.toJSONSchema(registry, { uri, override: withoutPattern, io: 'input' });
  const components = Object.fromEntries(
    Object.entries(schemas as Record<string, Schema>).map(([id, schema]) => [id, withoutNames(schema)]),
  );
  const schemaOf = (schema: z.ZodType): Schema => {
    const id = registry.get(schema)?.id;
    if (id !== undefined) return { $ref: uri(id) };
    return withoutNames(z.toJSONSchema(schema, { override: withoutPattern, io: 'input' }));
  };
  return { components, schemaOf };
}

function parametersOf({ path, query }: DescribedRoute, schemaOf: (schema: z.ZodType) => Schema) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const inPath = names.map((name) => ({
    name,
    in: 'path' as const,
    required: true,
    schema: { type: 'string', ...(name === 'callId' && { format: 'uuid' }) },
  }));
  const { properties = {}, required = [] } = (query ? schemaOf(query) : {}) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function errorsOf({ access, errors = [] }: DescribedRoute): Record<string, Answer> {
  const byStatus = new Map<number, contract.ErrorCode[]>();
  for (const code of new Set([...errors, ...COMMON_ERRORS[access]])) {
    const { status } = new ServiceError(code, '');
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [String(status), { description: `code: ${codes.join(', ')}`, content }]),
  );
}

/** Describes the service for programs. `query` schemas are read from the very objects that requests are parsed with. */
export function openApiDocument({ version, publicUrl }: { version: string; publicUrl: string }): OpenApiDocument {
  const { components, schemaOf } = namedSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const route of DESCRIBED_ROUTES) {
    const { method, tag, summary, detail, access, query, body, answers } = route;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const parameters = parametersOf(query ? { ...route, query: z.object(query.shape) } : route, schemaOf);
    const bodyType = access === 'carrier' ? 'application/x-www-form-urlencoded' : 'application/json';
    const responses = Object.entries(answers).map(([status, { text, schema, contentType }]): [string, Answer] => {
      const content = schema
        ? { 'application/json': { schema: schemaOf(schema) } }
        : contentType && { [contentType]: {} };
      return [status, { description: text, ...(content && { content }) }];
    });
    (paths[path] ??= {})[method] = {
      operationId: [method, ...route.path.split(/\W+/).filter(Boolean)].join('-'),
      tags: [tag],
      summary,
      ...(detail && { description: detail }),
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: { required: true, content: { [bodyType]: { schema: schemaOf(body) } } } }),
      responses: { ...errorsOf(route), ...Object.fromEntries(responses) },
      security: SECURITY[access],
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Almasar Dialer',
      version,
      description:
        'Calls from a CRM’s pages, their log and their recordings. Every error is an ErrorAnswer with a code.',
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(DESCRIBED_ROUTES.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: components, securitySchemes: SECURITY_SCHEMES },
  };
}
