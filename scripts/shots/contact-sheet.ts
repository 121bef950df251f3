import type { Look } from './looks.ts';

/** One row a state, one column a look: every picture on one page, each a link to itself. */
export function contactSheet(rows: { name: string; looks: readonly Look[] }[], columns: readonly Look[]): string {
  const cell = (name: string, { name: look, width }: Look) =>
    `<td><a href="${name}/${look}.png"><img src="${name}/${look}.png" width="${width / 2}" loading="lazy" alt="${name}, ${look}"></a></td>`;
  const row = ({ name, looks }: (typeof rows)[number]) =>
    `<tr id="${name}"><th scope="row"><a href="#${name}">${name}</a></th>${columns
      .map((look) => (looks.includes(look) ? cell(name, look) : '<td></td>'))
      .join('')}</tr>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Almasar Dialer: every state</title>
<style>
  body { font: 13px system-ui, sans-serif; background: #777; color: #fff; margin: 0; }
  th { position: sticky; inset-inline-start: 0; background: #555; padding: 8px; text-align: start; }
  thead th { inset-block-start: 0; z-index: 1; }
  td { padding: 4px; vertical-align: top; }
  a { color: inherit; }
  img { display: block; }
</style>
<table>
<thead><tr><th></th>${columns.map(({ name }) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
</html>
`;
}
