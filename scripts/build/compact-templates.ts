import type { Plugin } from 'rollup';

/**
 * Physical names of what is the same in every language: our text runs in lines, whatever the page's does (`all: initial`),
 * and these names compress better. What depends on the direction within a line stays.
 */
const IN_LINES: readonly (readonly [logical: RegExp, physical: string])[] = [
  [/\binline-size\b/g, 'width'],
  [/\bblock-size\b/g, 'height'],
  [/\binset-block-start\b/g, 'top'],
  [/\binset-block-end\b/g, 'bottom'],
  [/\bblock-start\b/g, 'top'],
  [/\bblock-end\b/g, 'bottom'],
];

/** Without the white space between rules and declarations, which no style needs. */
function compactCss(css: string): string {
  return IN_LINES.reduce((text, [logical, physical]) => text.replace(logical, physical), css)
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/([ :,(])0\./g, '$1.')
    .replaceAll(' > ', '>')
    .replaceAll(' < ', '<')
    .replaceAll('@media (', '@media(')
    .replaceAll(' !important', '!important')
    .replace(/\[([\w-]+)='([\w-]+)'\]/g, '[$1=$2]')
    .replaceAll(';}', '}')
    .trim();
}

/** Takes out of Lit's templates the white space that only serves their readers. Goes after the minifier. */
export function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    transform(code, id) {
      if (!/\/widget\/.*\/styles\//.test(id)) return null;
      // A style without values in it needs no tag that checks them.
      const compact = code
        .replace(/\bcss`([^`]*)`/g, (_all, css: string) => `unsafeCSS(\`${compactCss(css)}\`)`)
        .replace(/import \{ css \} from/, 'import { unsafeCSS } from');
      return { code: compact, map: null };
    },
    renderChunk(code, chunk) {
      if (!chunk.moduleIds.some((id) => /\/widget\/element\//.test(id))) return null;
      // Minified code has no line breaks but those of templates.
      const oneLine = code.replace(/\s*\n\s*/g, ' ');
      // Between a tag and what stands next to it, and before a tag's end: the layout is flex and grid throughout.
      const compact = oneLine
        .replace(/>\s+(?=<|\$\{)/g, '>')
        .replace(/([}"])\s+(?=<\/?[a-z]|>)/g, '$1')
        .replace(/(<\/\w+)\s+>/g, '$1>');
      return { code: compact, map: null };
    },
  };
}
