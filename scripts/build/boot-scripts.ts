import { basename } from 'node:path';
import type { Plugin } from 'rollup';

const place = (name: string) => `chunk-by-name:${name}`;

/**
 * Puts the addresses of chunks, by their names, into `widget/boot-scripts.ts`. Not by imports: they would be reasons to
 * cut what the chunks share into chunks of its own, and to keep all of an entry's exports. Goes before the minifier.
 */
export function bootScripts(element: string, firstCall: readonly string[]): Plugin {
  return {
    name: 'boot-scripts',
    transform(_code, id) {
      if (!id.endsWith('/widget/boot-scripts.ts')) return null;
      return `
        export const ELEMENT_SCRIPT = ${JSON.stringify(place(element))};
        export const FIRST_CALL_SCRIPTS = ${JSON.stringify(firstCall.map(place))};`;
    },
    renderChunk(code, _chunk, _options, { chunks }) {
      if (!code.includes(place(''))) return null;
      const addressed = [element, ...firstCall].reduce((rest, name) => {
        const chunk = Object.values(chunks).find((each) => each.name === name);
        if (!chunk) return this.error(`There is no chunk “${name}”, which the script tag loads.`);
        return rest.replaceAll(place(name), `./chunks/${basename(chunk.fileName)}`);
      }, code);
      return { code: addressed, map: null };
    },
  };
}
