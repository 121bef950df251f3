import { SaxesParser } from 'saxes';
import { TwimlError } from './twiml-error.ts';

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** @throws {TwimlError} 12100 with line and column when the text is not well-formed XML. */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new TwimlError(12100, `The answer is not well-formed XML (line:column) ${error.message}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: { ...attributes }, children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const onText = (characters: string): void => {
    open.at(-1)!.children.push(characters);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return elementsOf(root)[0]!;
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** All text inside, markup taken away, white space evened out. */
export function textOf(element: XmlElement): string {
  const all = (node: XmlElement | string): string =>
    typeof node === 'string' ? node : node.children.map(all).join('');
  return all(element).replace(/\s+/g, ' ').trim();
}
