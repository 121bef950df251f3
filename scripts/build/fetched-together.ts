import type { Plugin } from 'rollup';

/**
 * Where a chunk of these names is imported on demand, the chunks that it imports itself are asked for at the same time:
 * a browser would find them only in what it has fetched, one round trip later.
 */
export function fetchedTogether(names: readonly string[]): Plugin {
  return {
    name: 'fetched-together',
    renderDynamicImport({ chunk, targetChunk, getTargetChunkImports }) {
      if (!targetChunk || !names.includes(targetChunk.name)) return null;
      const others = (getTargetChunkImports() ?? []).flatMap((each) =>
        each.type === 'internal' && each.fileName !== chunk.fileName ? [each.resolvedImportPath] : [],
      );
      if (others.length === 0) return null;
      const imports = others.map((path) => `import(${path})`).join();
      return { left: 'Promise.all([import(', right: `),${imports}]).then(([chunk])=>chunk)` };
    },
  };
}
