import { css } from 'lit';

/** Whom to call again. What is due is amber, by its heading as well as by colour. */
export const callBacks = css`
  .pane-call-back {
    display: flex;
    align-items: start;
    gap: 8px;
    padding-block: 8px;
  }
  .pane-call-back + .pane-call-back {
    border-block-start: 1px solid var(--line);
  }
  .pane-call-back .pane-text {
    align-self: center;
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
