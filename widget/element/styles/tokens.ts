import { css } from 'lit';

/**
 * Colours, type and the element's place in the page. Light and dark are two designs: `light-dark(light, dark)`.
 * What a page says of all elements (`*`) is stronger than `:host`, but for what is important; hence the second beginning
 * inside, and that no page takes the element out of its corner.
 */
export const tokens = css`
  :host {
    all: initial;
    --accent: var(--almasar-accent, light-dark(#0b5f5b, #63c9c0));
    --surface: light-dark(#fff, #161c1d);
    --text: light-dark(#132221, #e9efee);
    --muted: light-dark(#546665, #a0b1af);
    --raised: color-mix(in srgb, var(--text) 6%, var(--surface));
    --line: color-mix(in srgb, var(--text) 12%, var(--surface));
    --green: light-dark(#14783f, #38a96b);
    --red: light-dark(#c42b30, #d33c41);
    --amber: light-dark(#965700, #e9b44c);
    position: fixed !important;
    z-index: var(--almasar-z-index, 9999) !important;
    inset: auto auto var(--almasar-inset, 16px) !important;
    inset-inline: var(--almasar-inset-inline, auto var(--almasar-inset, 16px)) !important;
    color-scheme: inherit;
  }
  section {
    all: initial;
    box-sizing: border-box;
    color: var(--text);
    color-scheme: inherit;
    font:
      14px/20px var(--almasar-font, system-ui),
      sans-serif;
    font-variant-numeric: tabular-nums;
  }
  :host([inline]) {
    display: block;
    block-size: 100%;
    position: relative !important;
    z-index: auto !important;
    inset: auto !important;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p {
    margin: 0;
  }
  svg {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .muted,
  .number {
    color: var(--muted);
  }
  .heard {
    position: absolute;
    clip-path: inset(50%);
  }
`;
