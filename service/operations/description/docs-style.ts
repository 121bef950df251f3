/** Look of /docs: quiet surfaces, one accent, light and dark, a telephone's width too. */
export const DOCS_STYLE = `:root {
  color-scheme: light dark;
  --page: #f4f6f6;
  --surface: #fff;
  --ink: #17211f;
  --quiet: #566462;
  --line: #e2e8e7;
  --accent: #0b6b63;
  --wash: #e8f2f0;
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', 'Noto Sans Arabic', 'Noto Sans', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1414;
    --surface: #161e1e;
    --ink: #e5ebea;
    --quiet: #9aaaa7;
    --line: #263130;
    --accent: #5cc0b3;
    --wash: #14302d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word; }
main { max-inline-size: 56rem; margin-inline: auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 0.85rem; margin: 1rem 0 0.25rem; color: var(--quiet); }
p { margin: 0.25rem 0; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
details { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; margin-block: 8px; }
summary { padding: 10px 12px; cursor: pointer; border-radius: 8px; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details > div { padding: 0 12px 12px; border-block-start: 1px solid var(--line); }
code, pre { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.method { color: var(--accent); background: var(--wash); border-radius: 4px; padding: 1px 6px; font-weight: 600; }
pre { background: var(--page); border-radius: 6px; padding: 8px 10px; margin: 4px 0; overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; }
td { border-block-start: 1px solid var(--line); padding: 6px 8px 6px 0; text-align: start; vertical-align: top; }
tr:first-child > td { border: 0; }
@media (max-width: 30rem) {
  main { padding: 1rem 0.75rem 3rem; }
  td { display: block; padding: 2px 0; }
  td + td { border: 0; padding-block-end: 6px; }
}
@media print { details > div { display: block; } }
`;
