import { css } from 'lit';

/** The numbered steps of a remedy, also where the dialer's own face shows them. */
export const microphoneHelpStyles = css`
  .pane-fine {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--green);
    font-weight: 600;
  }
  .pane-how {
    display: grid;
    gap: 8px;
    margin: 8px 0 0;
    padding-inline-start: 20px;
    text-align: start;
  }
  .pane-how li {
    padding-inline-start: 4px;
    overflow-wrap: anywhere;
  }
  .pane-how li::marker {
    color: var(--muted);
    font-weight: 600;
  }
`;
