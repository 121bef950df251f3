import { css } from 'lit';

/** Everything that is pressed or written in at first sight. Borders are transparent until forced colours paint them. */
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
  }
  .icon:not(:hover, .call, .hang-up) {
    background: none;
  }
  .switch i {
    display: flex;
    inline-size: 36px;
    padding: 3px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--muted);
    transition: background 0.12s;
  }
  .switch i::before {
    border: 7px solid var(--surface);
    border-radius: 50%;
    content: '';
  }
  [aria-checked='true'] i {
    justify-content: end;
    background: var(--accent);
  }
  .wide {
    flex: none;
    block-size: 48px;
    font-weight: 600;
  }
  .call {
    background: var(--green);
    color: light-dark(#fff, #04170c);
  }
  .hang-up {
    background: var(--red);
    color: #fff;
  }
  button:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
    filter: none;
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
    color: var(--muted);
  }
  .field [part='recents-button'] {
    inset-inline: 0 auto;
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
    opacity: 1;
  }
  input:placeholder-shown {
    font-size: 16px;
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
  .launcher {
    position: relative;
    inline-size: 56px;
    block-size: 56px;
    background: var(--accent);
    color: var(--surface);
  }
  .launcher .dot {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 0;
    outline: 2px solid var(--surface);
  }
  .launcher .good {
    display: none;
  }
`;
