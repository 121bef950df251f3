import { css } from 'lit';

/** What all panels are made of. */
export const pane = css`
  .pane {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 16px;
    min-block-size: 0;
    overflow: auto;
    padding: 4px 16px 16px;
    overscroll-behavior: contain;
  }
  .pane > * {
    flex: none;
  }
  .pane p {
    text-wrap: pretty;
  }
  .pane-heard {
    position: absolute;
    clip-path: inset(50%);
  }
  .pane h3 {
    margin: 0;
    color: var(--muted);
    font-size: 13px;
    font-weight: 600;
  }
  .pane ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .pane small {
    font-size: 13px;
    white-space: normal;
  }
  .pane-quiet,
  .pane-quiet svg {
    color: var(--muted);
  }
  .pane-empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 8px;
    min-block-size: 200px;
    color: var(--muted);
    text-align: center;
  }
  .pane-empty b {
    color: var(--text);
    font-weight: 600;
  }
  .pane .pane-button,
  .pane .pane-row {
    min-block-size: 44px;
    margin: 0;
    border: 1px solid transparent;
    border-radius: 12px;
    color: inherit;
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }
  .pane .pane-button {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 8px 16px;
    background: var(--raised);
    font-weight: 600;
    transition: filter 0.12s;
  }
  .pane .pane-button:hover {
    filter: brightness(0.94);
  }
  .pane .pane-main {
    background: var(--accent);
    color: var(--surface);
  }
  .pane .pane-button[aria-disabled='true'] {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
    filter: none;
  }
  .pane .pane-select {
    flex: 1;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 44px;
    margin: 0;
    padding-inline: 8px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
  }
  .pane .pane-square {
    inline-size: 44px;
    padding: 0;
    color: var(--accent);
  }
  .pane .pane-row {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: calc(100% + 16px);
    min-block-size: 56px;
    margin-inline: -8px;
    padding: 8px;
    background: none;
    text-align: start;
    transition: background-color 0.12s;
  }
  .pane .pane-row:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--raised);
    filter: none;
  }
  .pane .pane-row:disabled,
  .pane .pane-row[aria-disabled='true'] {
    background: none;
    color: inherit;
    cursor: default;
  }
  .pane-row > svg,
  .pane-row > .pane-icon {
    flex: none;
    color: var(--accent);
  }
  .pane-text {
    display: grid;
    flex: 1;
    gap: 0;
    min-inline-size: 0;
  }
  .pane-text small {
    color: var(--muted);
  }
  .pane-cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pane :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .pane .pane-row:focus-visible {
    outline-offset: -2px;
  }
  .pane-trouble {
    display: flex;
    gap: 8px;
    padding: 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .pane-trouble > svg {
    color: var(--amber);
  }
  .pane-trouble > div {
    min-inline-size: 0;
  }
  .pane-amber {
    color: var(--amber);
  }
  .pane-green {
    color: var(--green);
  }
  .pane-accent {
    color: var(--accent);
  }
  @media (prefers-reduced-motion: reduce) {
    .pane * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .pane .pane-button,
    .pane-trouble {
      border-color: CanvasText;
    }
    .pane .pane-button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
