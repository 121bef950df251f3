import { css } from 'lit';

/** A call in little room, and what is said above it. */
export const asides = css`
  .told {
    flex: none;
    justify-content: start;
    gap: 12px;
    margin: 6px 6px 0;
    padding: 4px 12px;
    text-align: start;
  }
  .told > span {
    display: grid;
    min-inline-size: 0;
  }
  .told b,
  .told span span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .told.amber {
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .told.amber svg {
    color: var(--amber);
  }
  .small > .waiting,
  .foot > .waiting {
    margin: 6px 6px 0;
    padding: 8px;
    padding-block-start: 6px;
  }
  .small > .waiting .pair,
  .foot > .waiting .pair {
    margin-block-start: 6px;
  }
  .foot {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  div:has(+ .foot > .waiting) .pane-foot {
    position: static;
  }
  .plain .call {
    margin: -6px 0;
    background: var(--green);
  }
  .how,
  .copy {
    margin-block-start: 8px;
  }
  .banner .how {
    background: var(--surface);
  }
  .copy {
    background: none;
    color: var(--accent);
  }
  .verdict {
    display: grid;
    justify-items: center;
    gap: 4px;
    max-inline-size: 100%;
  }
  .verdict code span,
  .banner code span {
    display: inline-block;
  }
  .banner code {
    display: block;
    margin-block-start: 8px;
    background: var(--surface);
    font-size: 12px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .verdict code {
    max-inline-size: 100%;
    margin-block-start: 8px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .answers {
    padding: 0 6px 6px;
  }
  .foot > :first-child:not(.pill) {
    margin-block-start: 8px;
  }
  @media (forced-colors: active) {
    .told {
      border-color: ButtonText;
    }
  }
`;
