import type { Plugin } from 'rollup';

/** What goes, in which of Lit's modules, and what stands in its place. */
const LEFT_OUT: readonly { from: RegExp; what: RegExp; by: string }[] = [
  // Of browsers long gone, and of a server that has rendered the page: `x.litHtmlPolyfillSupport`.
  {
    from: /\/(?:lit-html|lit-element|reactive-element)\.js$/,
    what: /\b\w\.(?:lit|reactive)\w+Support\b/g,
    by: '(void 0)',
  },
  // What Lit's development build warns of: `(x.litHtmlVersions??=[]).push("3.3.3")`.
  {
    from: /\/(?:lit-html|lit-element|reactive-element)\.js$/,
    what: /\(\w\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g,
    by: '0',
  },
  // Whether style sheets can be adopted: every browser that knows `light-dark()` can.
  {
    from: /\/css-tag\.js$/,
    what: /\w\.ShadowRoot&&.{40,80}&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/g,
    by: '!0',
  },
  // What guards, caches and translates a style's text, which is ours and adopted once.
  {
    from: /\/css-tag\.js$/,
    what: /class n\{.*?\breturn this\.cssText\}\}/s,
    by: 'class n{constructor(t){(this.styleSheet=new CSSStyleSheet).replaceSync(t)}}',
  },
];

/** Leaves out of Lit what speaks to polyfills and to other copies of it. Fails where a version of Lit has none of it. */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    transform(code, id) {
      const here = LEFT_OUT.filter(({ from }) => from.test(id));
      if (here.length === 0) return null;
      if (here.some(({ what }) => code.search(what) < 0)) this.error(`${id} is not the Lit that it was.`);
      return { code: here.reduce((rest, { what, by }) => rest.replace(what, by), code), map: null };
    },
  };
}
