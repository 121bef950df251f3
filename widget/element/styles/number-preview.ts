import { css } from 'lit';

/** At the foot of the field, in room that is there anyway: the keypad does not move under the finger. */
export const numberPreview = css`
  .as-called {
    order: 1;
    block-size: 0;
    margin: -28px 0 16px;
    color: var(--muted);
    font-size: 12px;
    line-height: 14px;
    text-align: center;
    pointer-events: none;
  }
  .as-called ~ .field input {
    padding-block-end: 12px;
  }
  .as-called ~ .keypad,
  .as-called ~ .wide {
    order: 2;
  }
`;
