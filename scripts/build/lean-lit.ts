import type { Plugin } from 'rollup';

const MODULE = /\/(?:lit-html|lit-element|reactive-element)\.js$/;
/** Of browsers long gone, and of a server that has rendered the page: `x.litHtmlPolyfillSupport`. */
const SUPPORT = /\b\w\.(?:lit|reactive)\w+Support\b/g;
/** What Lit's development build warns of: `(x.litHtmlVersions??=[]).push("3.3.3")`. */
const VERSION = /\(\w\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g;

/** Leaves out of Lit what speaks to polyfills and to other copies of it. Fails where a version of Lit has none of it. */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    transform(code, id) {
      if (!MODULE.test(id)) return null;
      if (code.search(SUPPORT) < 0 || code.search(VERSION) < 0) this.error(`${id} is not the Lit that it was.`);
      return { code: code.replace(SUPPORT, '(void 0)').replace(VERSION, '0'), map: null };
    },
  };
}
