import type { Plugin } from 'rollup';

/** White space between rules and declarations, which no style needs. */
function compactCss(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

/** Takes out of Lit's templates the white space that only serves their readers. Goes after the minifier. */
export function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    transform(code, id) {
      if (!/\/widget\/.*\/styles\//.test(id)) return null;
      return { code: code.replace(/css`([^`]*)`/g, (_all, css: string) => `css\`${compactCss(css)}\``), map: null };
    },
    renderChunk(code, chunk) {
      if (!chunk.moduleIds.some((id) => /\/widget\/element\//.test(id))) return null;
      // Minified code has no line breaks but those of templates.
      return { code: code.replace(/\s*\n\s*/g, ' ').replaceAll('> <', '><'), map: null };
    },
  };
}
