import { css } from 'lit';

/** The menu, and what the keys do. */
export const more = css`
  .pane details {
    padding-block-start: 8px;
    border-block-start: 1px solid var(--line);
  }
  .pane summary {
    list-style: none;
  }
  .pane summary::-webkit-details-marker {
    display: none;
  }
  .pane summary::after {
    inline-size: 8px;
    block-size: 8px;
    margin-inline: 4px;
    border: solid var(--muted);
    border-width: 0 2px 2px 0;
    content: '';
    rotate: 45deg;
    translate: 0 -2px;
  }
  .pane details[open] > summary::after {
    rotate: 225deg;
    translate: 0 2px;
  }
  .pane-keys {
    display: grid;
    align-items: baseline;
    gap: 8px 12px;
    grid-template-columns: auto 1fr;
    margin: 4px 0 0;
  }
  .pane-keys dd {
    margin: 0;
    color: var(--muted);
  }
  .pane-keys kbd {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--raised);
    font: inherit;
    font-size: 13px;
    white-space: nowrap;
  }
`;
