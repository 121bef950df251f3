import { css } from 'lit';

/** The element in the page, its toolbar, and what stands in place of a list. */
export const frame = css`
  :host {
    position: relative !important;
    inset: auto !important;
    z-index: auto !important;
    display: block;
    block-size: 560px;
    min-block-size: 320px;
    container-type: inline-size;
  }
  section {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
  }
  svg {
    inline-size: 20px;
    block-size: 20px;
  }
  [dir='rtl'] .along {
    transform: scaleX(-1);
  }
  .heard {
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    white-space: nowrap;
  }
  button,
  select,
  input,
  textarea {
    box-sizing: border-box;
    margin: 0;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--raised);
    color: inherit;
    font: inherit;
  }
  button,
  select {
    min-block-size: 44px;
    padding: 0 12px;
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color 0.12s;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    user-select: none;
  }
  button:hover,
  select:hover {
    background: color-mix(in srgb, var(--text) 10%, var(--surface));
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    inline-size: 44px;
    padding: 0;
    background: none;
  }
  .main {
    background: var(--accent);
    color: var(--surface);
    font-weight: 600;
  }
  .main:hover {
    background: color-mix(in srgb, var(--text) 20%, var(--accent));
  }
  .trouble {
    color: var(--amber);
  }
  .toolbar {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 12px 16px;
    border-block-end: 1px solid var(--line);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .search {
    display: flex;
    flex: 1 1 200px;
    align-items: center;
    min-inline-size: 0;
    max-inline-size: 360px;
    padding-inline-start: 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--raised);
  }
  .search:focus-within {
    outline: 2px solid var(--accent);
  }
  .search svg {
    color: var(--muted);
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    block-size: 46px;
    padding: 0 8px;
    border: 0;
    background: none;
    outline: 0;
    appearance: none;
    text-align: match-parent;
    text-overflow: ellipsis;
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .filters-button b {
    min-inline-size: 20px;
    border-radius: 10px;
    background: var(--accent);
    color: var(--surface);
    font-size: 12px;
    line-height: 20px;
  }
  .filters-button {
    display: none;
    min-block-size: 48px;
  }
  .filter {
    position: relative;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  .filter span {
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 13px;
    color: var(--muted);
    font-size: 11px;
    line-height: 16px;
    pointer-events: none;
  }
  .filter select,
  .filter input {
    inline-size: 100%;
    block-size: 48px;
    padding: 18px 12px 4px;
    line-height: 20px;
  }
  .filter select {
    padding-inline-end: 28px;
    appearance: none;
    text-overflow: ellipsis;
  }
  .filter:has(select)::after,
  .speed::after,
  .field:has(select)::after {
    position: absolute;
    inset-block-start: 19px;
    inset-inline-end: 12px;
    inline-size: 6px;
    block-size: 6px;
    border: solid var(--muted);
    border-width: 0 1.5px 1.5px 0;
    content: '';
    pointer-events: none;
    transform: rotate(45deg);
  }
  .filter.set select {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 9%, var(--surface));
  }
  button.quiet {
    min-block-size: 48px;
    background: none;
    color: var(--accent);
  }
  .status {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
    color: var(--amber);
    font-size: 13px;
  }
  .status.live,
  .count {
    color: var(--muted);
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 4px solid;
    border-radius: 50%;
  }
  .live .dot {
    color: var(--green);
  }
  .blank {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding: 32px 24px;
    text-align: center;
  }
  .blank slot {
    display: contents;
  }
  .blank button {
    margin-block-start: 12px;
    padding-inline: 20px;
  }
  h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }
  .emblem {
    margin-block-end: 12px;
    padding: 18px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 10%, transparent);
    color: var(--accent);
    line-height: 0;
  }
  .emblem.trouble {
    color: var(--amber);
  }
  .emblem svg {
    inline-size: 28px;
    block-size: 28px;
  }
  code {
    margin-block-start: 8px;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--raised);
    font:
      13px/20px ui-monospace,
      monospace;
  }
  .loading {
    flex: 1;
    overflow: hidden;
  }
  .ghost {
    display: flex;
    align-items: center;
    gap: 16px;
    block-size: 64px;
    padding: 0 16px;
    border-block-end: 1px solid var(--line);
  }
  .ghost i {
    flex: 1;
    block-size: 10px;
    border-radius: 5px;
    background: var(--raised);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .ghost i:first-child {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
  }
  .ghost i:nth-child(2) {
    flex: 2;
  }
  .ghost:nth-child(odd) i:nth-child(2) {
    flex: 1.4;
    margin-inline-end: 8%;
  }
  .turning {
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  /* Two rows: what is searched for and how many there are, then the filters. */
  @container (640px <= width < 1000px) {
    .search {
      max-inline-size: none;
    }
    .status {
      order: 1;
    }
    .filters {
      order: 2;
      flex: 1 0 100%;
    }
    .filter {
      flex: 1;
    }
  }
  @container (width < 640px) {
    .toolbar {
      padding: 12px;
    }
    .search {
      flex-basis: 0;
      max-inline-size: none;
    }
    .filters-button {
      display: inline-flex;
    }
    .filters-button span {
      position: absolute;
      clip-path: inset(50%);
    }
    .status {
      flex-basis: 100%;
      margin: 0;
    }
    .count {
      flex: 1;
    }
    .filters {
      display: none;
      flex-basis: 100%;
      grid-template-columns: 1fr 1fr;
    }
    .filters.open {
      display: grid;
    }
    button.quiet {
      grid-column: 1 / -1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button,
    select,
    input,
    textarea {
      border-color: ButtonBorder;
    }
    .sides :checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
