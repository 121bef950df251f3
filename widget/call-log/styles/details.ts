import { css } from 'lit';

/** The open row: player, note, disposition. */
export const details = css`
  .details {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 24px;
    padding-block: 4px 20px;
    padding-inline: 48px 16px;
  }
  .side {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-inline-size: 0;
  }
  .preparing {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .player {
    display: grid;
    gap: 4px;
    padding: 8px;
    border: 1px solid var(--line);
    border-radius: 14px;
  }
  .track {
    display: flex;
    align-items: center;
    gap: 12px;
    padding-inline-end: 8px;
  }
  .round {
    flex: none;
    inline-size: 44px;
    padding: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--surface);
  }
  .round:hover {
    background: color-mix(in srgb, var(--text) 20%, var(--accent));
  }
  .track input {
    flex: 1;
    min-inline-size: 48px;
    block-size: 44px;
    background: none;
    accent-color: var(--accent);
    cursor: pointer;
  }
  .track input:disabled {
    cursor: default;
  }
  .times {
    flex: none;
    font-size: 13px;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }
  .controls .icon {
    margin-inline-start: auto;
  }
  .sides {
    display: flex;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: var(--raised);
  }
  .sides label {
    position: relative;
    display: flex;
    border-radius: 12px;
    cursor: pointer;
  }
  .sides input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .sides span {
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: 12px;
    color: var(--muted);
    line-height: 42px;
    transition: background-color 0.12s;
  }
  .sides :checked + span {
    border-color: var(--accent);
    background: var(--surface);
    color: var(--text);
    font-weight: 600;
  }
  .sides :focus-visible + span {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .speed {
    position: relative;
  }
  .speed select {
    padding-inline-end: 26px;
    appearance: none;
  }
  .player .trouble {
    padding: 0 8px 4px;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(120px, 1fr));
    gap: 8px 16px;
    margin: 0;
    font-size: 13px;
  }
  dl div:first-child {
    grid-column: 1 / -1;
  }
  dt {
    color: var(--muted);
  }
  dd {
    margin: 0;
  }
  .field {
    position: relative;
    display: grid;
    gap: 6px;
  }
  .field label {
    font-size: 13px;
    font-weight: 600;
  }
  .field select {
    appearance: none;
  }
  .field:has(select)::after {
    inset-block-start: 42px;
  }
  .field input {
    min-block-size: 44px;
    padding: 8px 12px;
    text-align: start;
  }
  textarea {
    inline-size: 100%;
    min-block-size: 88px;
    padding: 10px 12px;
    resize: vertical;
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 44px;
    padding-block-start: 4px;
  }
  .told,
  .told span {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    color: var(--muted);
    font-size: 13px;
  }
  .told svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .told.saved span {
    color: var(--green);
  }
  .told.failed span {
    color: var(--amber);
  }
  @container (width < 900px) {
    .sides {
      flex: 1 1 100%;
    }
    .sides label {
      flex: 1;
    }
    .sides span {
      flex: 1;
      padding: 0 4px;
      text-align: center;
    }
  }
  @container (width < 640px) {
    .details {
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
      padding-block: 4px 16px;
      padding-inline: 12px;
    }
  }
`;
