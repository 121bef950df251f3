import { basename } from 'node:path';
import type { Plugin } from 'rollup';

const PLACE = 'chunk-by-name:';

/**
 * Puts imports of chunks, by their names, into `widget/boot-scripts.ts`. Rollup does not know them for imports: they
 * would be reasons to cut what the chunks share into chunks of its own, and to keep all of an entry's exports. Bundlers
 * that take the result do. Goes before the minifier.
 */
export function bootScripts(element: string, firstCall: readonly string[]): Plugin {
  const importOf = (name: string) => `import(${JSON.stringify(PLACE + name)})`;
  return {
    name: 'boot-scripts',
    resolveId(source) {
      return source.startsWith(PLACE) ? { id: source, external: true } : null;
    },
    transform(_code, id) {
      if (!id.endsWith('/widget/boot-scripts.ts')) return null;
      return `
        export const importElement = () => ${importOf(element)};
        export const importFirstCall = () => [${firstCall.map(importOf).join()}];`;
    },
    renderChunk(code, _chunk, _options, { chunks }) {
      if (!code.includes(PLACE)) return null;
      const addressed = [element, ...firstCall].reduce((rest, name) => {
        const chunk = Object.values(chunks).find((each) => each.name === name);
        if (!chunk) return this.error(`There is no chunk “${name}”, which the script tag loads.`);
        return rest.replaceAll(PLACE + name, `./chunks/${basename(chunk.fileName)}`);
      }, code);
      return { code: addressed, map: null };
    },
  };
}
