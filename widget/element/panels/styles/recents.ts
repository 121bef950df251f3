import { css } from 'lit';

/** The list of calls. Missed ones are amber, by a mark as well as by colour. */
export const recents = css`
  .pane-row time {
    flex: none;
    align-self: start;
    color: var(--muted);
    font-size: 13px;
    line-height: 20px;
  }
  .pane-row > svg {
    color: var(--muted);
  }
  .pane-facts {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .pane-who {
    justify-self: start;
    max-inline-size: 100%;
  }
  .pane-outcome {
    flex: none;
  }
  .pane-missed > svg,
  .pane-missed .pane-outcome {
    color: var(--amber);
  }
  .pane-missed .pane-who,
  .pane-missed .pane-outcome {
    font-weight: 600;
  }
`;
