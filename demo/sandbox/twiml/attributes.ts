import { TwimlError } from './twiml-error.ts';
import type { XmlElement } from './xml-tree.ts';

/** Hears what Twilio's debugger would warn of (12200) without stopping the document. */
export type Warn = (message: string) => void;

/** Reads an element's attributes by type, and knows which ones nobody read. */
export class Attributes {
  readonly #element: XmlElement;
  readonly #warn: Warn;
  readonly #unread: Set<string>;

  constructor(element: XmlElement, warn: Warn) {
    this.#element = element;
    this.#warn = warn;
    this.#unread = new Set(Object.keys(element.attributes));
  }

  text(name: string): string | undefined {
    this.#unread.delete(name);
    return this.#element.attributes[name]?.trim();
  }

  whole(name: string, usual: number, low: number, high: number): number {
    const text = this.text(name);
    if (text === undefined) return usual;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw this.#wrong(name, text, `a whole number from ${low} to ${high}`);
    }
    return value;
  }

  flag(name: string, usual: boolean): boolean {
    return this.oneOf(name, ['true', 'false'], usual ? 'true' : 'false') === 'true';
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], usual: NoInfer<Value>): Value {
    const text = this.text(name);
    if (text === undefined) return usual;
    const value = values.find((each) => each === text);
    if (value === undefined) throw this.#wrong(name, text, `one of ${values.join(', ')}`);
    return value;
  }

  /** Words with spaces (or commas) between. */
  words<Value extends string>(name: string, values: readonly Value[], usual: readonly NoInfer<Value>[]): Value[] {
    const text = this.text(name);
    if (text === undefined) return [...usual];
    return text.split(/[\s,]+/).map((word) => {
      const value = values.find((each) => each === word);
      if (value === undefined) throw this.#wrong(name, word, `made of ${values.join(', ')}`);
      return value;
    });
  }

  method(name: string): 'GET' | 'POST' {
    return this.oneOf(name, ['GET', 'POST'], 'POST');
  }

  /** Ends the reading: `ignored` names those Twilio knows and the sandbox does without; others are warned of. */
  finish(ignored: readonly string[] = []): void {
    for (const name of this.#unread) {
      if (ignored.includes(name)) continue;
      this.#warn(`<${this.#element.name}> has no attribute "${name}" that the sandbox knows; it is ignored.`);
    }
  }

  #wrong(name: string, value: string, expected: string): TwimlError {
    return new TwimlError(12200, `${name}="${value}" of <${this.#element.name}> must be ${expected}.`);
  }
}
