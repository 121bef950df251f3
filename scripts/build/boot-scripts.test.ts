import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollup, type OutputChunk, type Plugin } from 'rollup';
import { bootScripts } from './boot-scripts.ts';

const MODULES: Record<string, string> = {
  boot: `import { importElement, importFirstCall } from '/widget/boot-scripts.ts'; importElement(); importFirstCall();`,
  '/widget/boot-scripts.ts': `export const importElement = () => import('element'); export const importFirstCall = () => [];`,
  element: `export const phone = () => import('phone'); export const shared = 1;`,
  phone: `import { shared } from 'element'; export const call = () => fetch(String(shared));`,
};

const inMemory: Plugin = {
  name: 'in-memory',
  resolveId: (id) => id,
  load: (id) => MODULES[id] ?? null,
};

async function bootOf(firstCall: string[]): Promise<string> {
  const plugins = [bootScripts('element', firstCall), inMemory];
  const bundle = await rollup({ input: { boot: 'boot', element: 'element' }, plugins, logLevel: 'silent' });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: 'chunks/[name]-[hash].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  const named = new Set(output.map(({ fileName }) => `./${fileName}`));
  const { code } = output.find((file): file is OutputChunk => file.type === 'chunk' && file.name === 'boot')!;
  for (const [address] of code.matchAll(/\.\/chunks\/[\w-]+\.js/g)) assert.ok(named.has(address), address);
  return code;
}

test('the script tag knows the element’s script and those of a first call by their addresses', async () => {
  const code = await bootOf(['phone']);
  assert.match(code, /import\(["']\.\/chunks\/element-[\w-]+\.js["']\)/);
  assert.match(code, /import\(["']\.\/chunks\/phone-[\w-]+\.js["']\)/);
});

test('a script that is not there is not built in', async () => {
  await assert.rejects(bootOf(['telephone']), /There is no chunk “telephone”/);
});
