import type { Plugin } from 'rollup';

/** White space between rules and declarations, which no style needs. */
function compactCss(css: string): string {
  return css
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
      if (!id.includes('/widget/') || !code.includes('css`')) return null;
      // A style without values in it needs no tag that checks them; where no style has any, Lit's goes.
      const compact = code
        .replace(/\bcss`([^`]*)`/g, (_all, css: string) => `unsafeCSS(\`${compactCss(css)}\`)`)
        .replace(/(import \{[^}]*)\bcss\b([^}]*\} from ['"]lit['"])/, '$1unsafeCSS$2');
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
