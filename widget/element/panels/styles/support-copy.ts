import { css } from 'lit';

/** A report that is to be copied by hand. */
export const supportCopyStyles = css`
  .pane-heard {
    position: absolute;
    clip-path: inset(50%);
  }
  .pane-label {
    display: grid;
    gap: 4px;
  }
  .pane-report {
    inline-size: 100%;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--raised);
    color: inherit;
    font:
      12px/18px ui-monospace,
      monospace;
    resize: none;
  }
`;
