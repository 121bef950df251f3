import { css } from 'lit';

/** Everything that is pressed or written in. Borders are transparent until forced colours paint them. */
export const controls = css`
  button,
  input {
    margin: 0;
    border: 1px solid transparent;
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
  }
  button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 0 12px;
    background: var(--raised);
    cursor: pointer;
    touch-action: manipulation;
    transition: filter 0.12s;
    user-select: none;
  }
  button:hover {
    filter: brightness(0.94);
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    inline-size: 44px;
    padding: 0;
    background: none;
  }
  .icon:hover:not(.hang-up, [aria-pressed='true']) {
    background: var(--raised);
  }
  .wide {
    flex: none;
    block-size: 48px;
    font-weight: 600;
  }
  .wide:last-child {
    position: sticky;
    inset-block-end: 0;
    box-shadow: 0 16px var(--surface);
  }
  .call {
    background: var(--green);
    color: light-dark(#fff, #04170c);
  }
  .hang-up {
    background: var(--red);
    color: #fff;
  }
  .hang-up.wide {
    margin-block-start: 12px;
  }
  button:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
  }
  .field {
    position: relative;
    border-block-end: 2px solid var(--line);
    transition: border-color 0.12s;
  }
  .field:focus-within {
    border-color: var(--accent);
  }
  .field button {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 0;
  }
  input {
    inline-size: 100%;
    block-size: 56px;
    padding: 0 44px;
    outline: 2px solid transparent;
    font-size: 24px;
    text-align: center;
  }
  input::placeholder {
    color: var(--muted);
    font-size: 16px;
    opacity: 1;
  }
  .keypad {
    display: grid;
    flex: 1;
    grid-template-columns: repeat(3, 1fr);
    gap: 8px;
  }
  .key {
    position: relative;
    font-size: 20px;
  }
  .key small {
    position: absolute;
    inset-inline-end: 12px;
    color: var(--muted);
    font-size: 14px;
  }
  .sent {
    min-block-size: 28px;
    overflow-wrap: anywhere;
    font-size: 20px;
    text-align: center;
  }
  .tiles {
    display: grid;
    gap: 8px;
    grid-template-columns: 1fr 1fr;
  }
  .tile {
    padding: 12px 4px;
  }
  .tiles:not(.low) .tile {
    flex-direction: column;
    gap: 4px;
  }
  .low .tile {
    padding-block: 0;
  }
  [aria-pressed='true'] {
    background: var(--text);
    color: var(--surface);
  }
  .launcher {
    inline-size: 56px;
    block-size: 56px;
    background: var(--accent);
    color: var(--surface);
  }
  @media (forced-colors: active) {
    [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
