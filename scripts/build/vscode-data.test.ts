import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { vscodeData, type Manifest, type VscodeData } from './vscode-data.ts';

interface Built extends Manifest {
  modules: {
    declarations?: { tagName?: string; attributes?: { name: string; description?: string; fieldName?: string }[] }[];
  }[];
}

function built(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../dist/${file}`, import.meta.url), 'utf8'));
}

const elements = (built('custom-elements.json') as Built).modules
  .flatMap(({ declarations = [] }) => declarations)
  .filter(({ tagName }) => tagName);

test('every attribute of every element in the manifest is in VS Code’s data, with what it means', () => {
  const { version, tags } = built('vscode.html-custom-data.json') as VscodeData;
  assert.equal(version, 1.1);
  assert.deepEqual(
    tags.map(({ name }) => name),
    elements.map(({ tagName }) => tagName),
  );
  assert.ok(tags.some(({ name }) => name === 'almasar-dialer'));
  for (const { tagName, attributes = [] } of elements) {
    const tag = tags.find(({ name }) => name === tagName)!;
    assert.ok(attributes.length > 0);
    for (const { name, description } of attributes) {
      assert.ok(description, `${tagName} ${name} is not explained`);
      assert.equal(tag.attributes.find((each) => each.name === name)?.description.value, description);
    }
  }
});

test('an attribute has its property’s name with hyphens: the JSX types are made by that rule', () => {
  for (const { tagName, attributes = [] } of elements) {
    for (const { name, fieldName } of attributes) {
      if (fieldName === undefined) continue;
      const kebab = fieldName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.equal(name, kebab, `${tagName}.${fieldName}`);
    }
  }
});

test('values come from a type of texts, or from a description that only lists them', () => {
  const attributes = [
    { name: 'a', type: { text: "'one' | 'two-three' | undefined" }, description: 'Either.' },
    { name: 'b', type: { text: 'string' }, description: '(read-only) `idle`, `open` or `ended`.' },
    { name: 'c', type: { text: 'string' }, description: 'Like `this` or `that`.' },
    { name: 'd', type: { text: 'boolean' }, description: 'On.' },
    { name: 'e', type: { text: 'string' }, description: 'Address; `/` as a rule.' },
  ];
  const data = vscodeData({ modules: [{ declarations: [{ tagName: 'x-y', summary: 'Short.', attributes }, {}] }, {}] });
  assert.deepEqual(
    data.tags.map(({ name, attributes }) => [name, attributes.map(({ values, valueSet }) => valueSet ?? values)]),
    [
      [
        'x-y',
        [
          [{ name: 'one' }, { name: 'two-three' }],
          [{ name: 'idle' }, { name: 'open' }, { name: 'ended' }],
          undefined,
          'v',
          undefined,
        ],
      ],
    ],
  );
});

test('package.json, as a package’s users read it, names files that the build makes', () => {
  const root = new URL('../../', import.meta.url);
  interface Package {
    exports: Record<string, string | Record<string, string>>;
    types: string;
    customElements: string;
  }
  const { exports, types, customElements } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Package;
  const files = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  for (const file of [...files, types, customElements]) assert.ok(existsSync(new URL(file, root)), file);
});
