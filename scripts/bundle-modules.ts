import { relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import { rollup, type OutputChunk } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import { brotli } from './build/precompressed.ts';

export interface BundledModule {
  path: string;
  /** Bytes of brotli if it were sent alone: more than its share of a chunk, whose modules are packed as one. */
  alone: number;
}

export interface BundledChunk {
  fileName: string;
  /** The largest first. */
  modules: BundledModule[];
}

async function aloneBytes(code: string): Promise<number> {
  const { code: small } = await transform(code, { minify: true, format: 'esm', target: 'es2022' });
  return small.trim() === '' ? 0 : brotli(small).length;
}

async function modulesOf({ modules }: OutputChunk): Promise<BundledModule[]> {
  const all = Object.entries(modules).map(async ([id, { code }]) => ({
    path: relative('.', id.replace(/^\0/, '')),
    alone: await aloneBytes(code ?? ''),
  }));
  return (await Promise.all(all)).filter(({ alone }) => alone > 0).toSorted((a, b) => b.alone - a.alone);
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
