import type { Plugin } from 'rollup';

/** `dist/index.js`, for bundlers: all that the script tag brings, by a name that stays. */
export function moduleEntry(name: string): Plugin {
  return {
    name: 'module-entry',
    generateBundle(_options, bundle) {
      const chunk = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === name);
      if (!chunk) this.error(`There is no entry “${name}”.`);
      this.emitFile({
        type: 'asset',
        fileName: `${name}.js`,
        source: `import './almasar-dialer.js';\nexport * from './${chunk.fileName}';\n`,
      });
    },
  };
}
