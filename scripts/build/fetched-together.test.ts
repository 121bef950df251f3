import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollup, type OutputChunk, type Plugin } from 'rollup';
import { fetchedTogether } from './fetched-together.ts';

const MODULES: Record<string, string> = {
  page: `export const phone = () => import('phone'); export const log = () => import('log'); export const shared = 1;`,
  phone: `import { service } from 'service'; import { shared } from 'page'; export const call = () => service(shared);`,
  log: `import { service } from 'service'; export const list = () => service(2);`,
  service: `export const service = (n) => fetch(String(n));`,
};

const inMemory: Plugin = {
  name: 'in-memory',
  resolveId: (id) => id,
  load: (id) => MODULES[id] ?? null,
};

async function codeOfPage(names: string[]): Promise<string> {
  const bundle = await rollup({ input: 'page', plugins: [inMemory], logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'es', plugins: [fetchedTogether(names)] });
  return output.find((file): file is OutputChunk => file.type === 'chunk' && file.isEntry)!.code;
}

test('what a chunk imports is asked for beside it, but for the chunk that asks', async () => {
  const code = await codeOfPage(['phone']);
  assert.match(
    code,
    /Promise\.all\(\[import\('\.\/phone-[\w-]+\.js'\),import\('\.\/service-[\w-]+\.js'\)\]\)\.then\(\(\[chunk\]\)=>chunk\)/,
  );
});

test('other imports stay as they are', async () => {
  assert.match(await codeOfPage(['phone']), /log = \(\) => import\('\.\/log-/);
  assert.doesNotMatch(await codeOfPage([]), /Promise\.all/);
});
