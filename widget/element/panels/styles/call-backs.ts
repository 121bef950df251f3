import { css } from 'lit';

/** Whom to call again. What is due is amber, by its heading as well as by colour. */
export const callBacks = css`
  .pane-call-back {
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr) auto;
    gap: 0 8px;
    padding-block: 8px;
  }
  .pane-call-back + .pane-call-back {
    border-block-start: 1px solid var(--line);
  }
  .pane-call-back .pane-text {
    grid-row: span 2;
    align-self: start;
  }
  .pane-call-back .pane-facts {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .pane-call-back .pane-who {
    justify-self: start;
    max-inline-size: 100%;
    font-weight: 600;
  }
  .pane-call-back time {
    flex: none;
  }
  .pane-call-back > .pane-dial {
    align-self: start;
    justify-self: end;
  }
  .pane-marks {
    display: flex;
    align-self: start;
  }
  .pane-marks > .pane-button {
    background: none;
  }
  .pane-marks > .pane-button:hover,
  .pane-marks > [aria-expanded='true'] {
    background: var(--raised);
  }
  .pane-later {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 8px;
    padding-block-start: 8px;
  }
  .pane-later > .pane-button {
    flex: 1 0 auto;
    padding-inline: 8px;
    font-weight: 400;
  }
  .pane-said {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow-wrap: anywhere;
  }
  .pane-due h3,
  .pane-due time {
    color: var(--amber);
  }
  .pane-due time {
    font-weight: 600;
  }
  .pane .pane-dial {
    background: var(--green);
    color: var(--surface);
  }
  .pane .pane-dial:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
    filter: none;
  }
  .pane-undo {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
`;
