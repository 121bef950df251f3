import { css } from 'lit';

/** Which number customers see, above the number that is called. */
export const callerId = css`
  .caller-id {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    color: var(--muted);
    font-size: 13px;
  }
  .caller-id label {
    flex: none;
  }
  .caller-id select {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 44px;
    margin: 0;
    padding-inline: 8px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .caller-id select:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
`;
