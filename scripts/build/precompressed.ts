import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'rollup';

/** What they are made for does not matter: either may suit a script better. */
const MODES = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT];

/** Brotli at its best, as the build stores it and as sizes are measured. */
export function brotli(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  const [one, other] = MODES.map((mode) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_MODE]: mode,
      },
    }),
  );
  return one!.length < other!.length ? one! : other!;
}

/** Writes `.br` and `.gz` beside every file, so that the service compresses nothing while it answers. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          const content = file.type === 'chunk' ? file.code : file.source;
          if (!/\.(js|json|wav)$/.test(fileName)) continue;
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli(content) });
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(content, { level: 9 }) });
        }
      },
    },
  };
}
