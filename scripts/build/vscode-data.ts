/** Of custom-elements.json, what is read here. */
export interface Manifest {
  modules: { declarations?: Declaration[] }[];
}

interface Declaration {
  tagName?: string;
  summary?: string;
  description?: string;
  attributes?: { name: string; description?: string; type?: { text: string } }[];
  slots?: { name: string; description?: string }[];
  events?: { name: string; description?: string }[];
}

interface Text {
  kind: 'markdown';
  value: string;
}

interface AttributeData {
  name: string;
  description: Text;
  values?: { name: string }[];
  /** VS Code's name for the values of an attribute that is there or not. */
  valueSet?: 'v';
}

/** VS Code's "custom data" for HTML, version 1.1: what it completes and explains in a page. */
export interface VscodeData {
  version: 1.1;
  tags: { name: string; description: Text; attributes: AttributeData[] }[];
}

function markdown(value: string): Text {
  return { kind: 'markdown', value };
}

/** Either the type is a list of texts, or the description is nothing but such a list. */
function valuesOf(type: string, description: string): string[] {
  const members = type.split('|').map((member) => member.trim());
  const texts = members.filter((member) => member !== 'undefined' && member !== 'null');
  if (texts.every((member) => /^'[^']*'$/.test(member))) return texts.map((member) => member.slice(1, -1));
  const list = description.replace(/^\(read-only\) /, '').replace(/\.$/, '');
  if (!/^`[\w-]+`((, | or )`[\w-]+`)+$/.test(list)) return [];
  return [...list.matchAll(/`([\w-]+)`/g)].map(([, value]) => value!);
}

function attributeData({
  name,
  description = '',
  type,
}: NonNullable<Declaration['attributes']>[number]): AttributeData {
  const data: AttributeData = { name, description: markdown(description) };
  const text = type?.text ?? '';
  if (/^boolean\b/.test(text)) return { ...data, valueSet: 'v' };
  const values = valuesOf(text, description);
  return values.length > 0 ? { ...data, values: values.map((value) => ({ name: value })) } : data;
}

function list(title: string, items: { name: string; description?: string }[] = []): string[] {
  if (items.length === 0) return [];
  return [`**${title}**\n${items.map(({ name, description = '' }) => `- \`${name}\`: ${description}`).join('\n')}`];
}

/** Every element of the manifest with its attributes; slots and events, which VS Code has no place for, in its text. */
export function vscodeData({ modules }: Manifest): VscodeData {
  const tags = modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap(({ tagName, summary = '', description = '', attributes = [], slots, events }) => {
      if (!tagName) return [];
      const text = [summary, description, ...list('Slots', slots), ...list('Events', events)].filter(Boolean);
      return [{ name: tagName, description: markdown(text.join('\n\n')), attributes: attributes.map(attributeData) }];
    });
  return { version: 1.1, tags };
}
