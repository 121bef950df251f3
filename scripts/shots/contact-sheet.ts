import type { Look } from './looks.ts';

/** Pictures of one element: one row a state, one column a look. */
export interface Sheet {
  readonly rows: readonly { name: string; looks: readonly Look[] }[];
  readonly columns: readonly Look[];
}

function table({ rows, columns }: Sheet): string {
  const cell = (name: string, { name: look, width }: Look) =>
    `<td><a href="${name}/${look}.png"><img src="${name}/${look}.png" width="${width / 2}" loading="lazy" alt="${name}, ${look}"></a></td>`;
  const row = ({ name, looks }: Sheet['rows'][number]) =>
    `<tr id="${name}"><th scope="row"><a href="#${name}">${name}</a></th>${columns
      .map((look) => (looks.includes(look) ? cell(name, look) : '<td></td>'))
      .join('')}</tr>`;
  return `<table>
<thead><tr><th></th>${columns.map(({ name }) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>`;
}

/** Every picture on one page, each a link to itself. */
export function contactSheet(sheets: readonly Sheet[]): string {
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
${sheets.map(table).join('\n')}
</html>
`;
}
