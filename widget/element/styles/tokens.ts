import { css } from 'lit';

/** Colours, type and the element's place in the page. Light and dark are two designs: `light-dark(light, dark)`. */
export const tokens = css`
  :host {
    all: initial;
    --accent: var(--almasar-accent, light-dark(#0b5f5b, #63c9c0));
    --surface: light-dark(#fff, #161c1d);
    --raised: light-dark(#f2f5f5, #222a2b);
    --pressed: light-dark(#e3e9e9, #2f3a3b);
    --line: light-dark(#e0e6e6, #2c3637);
    --text: light-dark(#132221, #e9efee);
    --muted: light-dark(#546665, #a0b1af);
    --green: light-dark(#14783f, #38a96b);
    --on-green: light-dark(#fff, #04170c);
    --red: light-dark(#c42b30, #d33c41);
    --amber: light-dark(#a86200, #e9b44c);
    --amber-surface: light-dark(#fdf2d9, #342a12);
    --amber-text: light-dark(#613f00, #f4d899);
    position: fixed;
    z-index: var(--almasar-z-index, 9999);
    inset-block-end: var(--almasar-inset, 16px);
    inset-inline-end: var(--almasar-inset, 16px);
    color: var(--text);
    color-scheme: inherit;
    font:
      14px/20px var(--almasar-font, system-ui),
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans Arabic',
      'Geeza Pro',
      Tahoma,
      sans-serif;
    -webkit-tap-highlight-color: transparent;
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
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
