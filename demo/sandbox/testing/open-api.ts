import { readFileSync } from 'node:fs';

interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const RFC_2822 = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/;

/** Checks answers against Twilio's description of its REST API (twilio_api_v2010.json), which is no part of the project. */
export class OpenApi {
  readonly #description: Description;

  private constructor(description: Description) {
    this.#description = description;
  }

  /** Undefined without a file. @throws when there is no file of that name, or it cannot be read. */
  static load(file: string | undefined): OpenApi | undefined {
    return file ? new OpenApi(JSON.parse(readFileSync(file, 'utf8')) as Description) : undefined;
  }

  /** What is wrong with an answer to `/2010-04-01/Accounts/{AccountSid}` + `path`; empty when nothing is. */
  problems(method: string, path: string, status: number, answer: unknown): string[] {
    const operation = this.#description.paths[`/2010-04-01/Accounts/{AccountSid}${path}`]?.[method.toLowerCase()];
    const response = operation?.responses?.[String(status)];
    if (!response) return [`${method} ${path} has no answer ${status}`];
    const schema = response.content?.['application/json']?.schema;
    return schema ? this.#compare(schema, answer, '') : [];
  }

  /**
   * What is wrong with a request to `/2010-04-01/Accounts/{AccountSid}` + `path` (with its SIDs): an address, a method, a
   * query parameter or a form field that the description does not have, or a value of the wrong kind.
   */
  requestProblems(method: string, path: string, query: URLSearchParams, form: URLSearchParams): string[] {
    const template = path
      .replace(/(\w+)\/[A-Z]{2}[0-9a-f]{32}(?=\/)/g, '$1/{parent}')
      .replace(/[A-Z]{2}[0-9a-f]{32}|Twilio\.CURRENT/, '{sid}');
    const shape = (text: string) => text.replace(/\{\w+\}/g, '{}');
    const known = Object.entries(this.#description.paths).find(
      ([each]) => shape(each) === shape(`/2010-04-01/Accounts/{AccountSid}${template}`),
    );
    const operation = known?.[1][method.toLowerCase()];
    if (!operation) return [`${method} ${template} does not exist`];
    const asked = Object.fromEntries(
      (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => [each.name, each.schema ?? {}]),
    );
    const body = operation.requestBody?.content?.['application/x-www-form-urlencoded']?.schema;
    return [
      ...this.#compareWords(asked, query, `${method} ${template}?`),
      ...this.#compareWords(body?.properties ?? {}, form, `${method} ${template} `),
    ];
  }

  #compareWords(known: Record<string, Schema>, given: URLSearchParams, at: string): string[] {
    return [...given].flatMap(([name, text]) => {
      const schema = known[name] && this.#resolve(known[name]);
      if (!schema) return [`${at}${name} does not exist`];
      const value = schema.type === 'integer' ? Number(text) : schema.type === 'boolean' ? text === 'true' : text;
      return this.#compare(schema, value, at + name);
    });
  }

  #resolve(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    return name === undefined ? schema : (this.#description.components.schemas[name] ?? {});
  }

  #compare(reference: Schema, value: unknown, at: string): string[] {
    const schema = this.#resolve(reference);
    if (value === null) return schema.nullable || schema.enum ? [] : [`${at} is null`];
    const isRightType =
      schema.type === undefined ||
      (schema.type === 'integer' && Number.isInteger(value)) ||
      (schema.type === 'array' && Array.isArray(value)) ||
      (schema.type === 'object' && typeof value === 'object' && !Array.isArray(value)) ||
      schema.type === typeof value;
    if (!isRightType) return [`${at} is ${typeof value}, not ${schema.type}`];
    if (schema.enum && !schema.enum.includes(value))
      return [`${at} is ${JSON.stringify(value)}, none of ${schema.enum.join()}`];
    if (typeof value === 'string') return this.#compareText(schema, value, at);
    if (Array.isArray(value)) return value.flatMap((item) => this.#compare(schema.items ?? {}, item, `${at}[]`));
    return schema.properties ? this.#compareProperties(schema.properties, value as object, at) : [];
  }

  #compareText({ pattern, format }: Schema, value: string, at: string): string[] {
    if (pattern && !new RegExp(pattern).test(value)) return [`${at} is "${value}", not ${pattern}`];
    if (format === 'date-time-rfc-2822' && !RFC_2822.test(value)) return [`${at} is "${value}", not RFC 2822`];
    return [];
  }

  #compareProperties(properties: Record<string, Schema>, value: object, at: string): string[] {
    const missing = Object.keys(properties).filter((name) => !Object.hasOwn(value, name));
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
    return [
      ...missing.map((name) => `${at}.${name} is missing`),
      ...unknown.map((name) => `${at}.${name} is unknown`),
      ...Object.entries(value).flatMap(([name, part]) => this.#compare(properties[name] ?? {}, part, `${at}.${name}`)),
    ];
  }
}
