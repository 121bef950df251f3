import { relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import { rollup, type OutputChunk } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import { brotli } from './build/precompressed.ts';

export interface BundledModule {
  path: string;
  /** Bytes of brotli that its chunk would lose without it; what modules have in common is in none of them. */
  share: number;
}

export interface BundledChunk {
  fileName: string;
  /** The largest first. */
  modules: BundledModule[];
}

async function packed(code: string): Promise<number> {
  return brotli((await transform(code, { minify: true, format: 'esm', target: 'es2022' })).code).length;
}

async function modulesOf({ modules }: OutputChunk): Promise<BundledModule[]> {
  const codes = Object.entries(modules).map(([id, { code }]) => ({ path: relative('.', id.replace(/^\0/, '')), code }));
  const joined = (without?: unknown) => codes.flatMap((each) => (each === without ? [] : [each.code ?? ''])).join('\n');
  const all = await packed(joined());
  const shares: BundledModule[] = [];
  for (const each of codes) {
    if (each.code) shares.push({ path: each.path, share: all - (await packed(joined(each))) });
  }
  return shares.toSorted((a, b) => b.share - a.share);
}

/** What each of the widget's chunks is made of: bundled anew as the build does it, and not written. */
export async function bundledChunks(): Promise<BundledChunk[]> {
  const { options } = await loadConfigFile(resolve('rollup.config.mjs'), { silent: true });
  const widget = options[0]!;
  const bundle = await rollup(widget);
  const { output } = await bundle.generate(widget.output[0]!);
  await bundle.close();
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  return Promise.all(chunks.map(async (chunk) => ({ fileName: chunk.fileName, modules: await modulesOf(chunk) })));
}
