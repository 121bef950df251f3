import { css } from 'lit';

/** The steps of a check and what came of it. */
export const check = css`
  .pane-step {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 32px;
    padding-block: 4px;
  }
  .pane-step > svg {
    inline-size: 20px;
    block-size: 20px;
    color: var(--muted);
  }
  .pane-step > small {
    flex: none;
    color: var(--muted);
  }
  .pane-step small[dir] {
    overflow-wrap: anywhere;
  }
  .pane-good > svg {
    color: var(--green);
  }
  .pane-weak > svg,
  .pane-weak.pane-step > small,
  .pane-failed > svg,
  .pane-failed.pane-step > small {
    color: var(--amber);
  }
  .pane-failed.pane-step > small {
    font-weight: 600;
  }
  .pane-waiting,
  .pane-skipped {
    color: var(--muted);
  }
  .pane-running > svg {
    color: var(--accent);
    animation: pane-turn 1s linear infinite;
  }
  @keyframes pane-turn {
    to {
      rotate: 1turn;
    }
  }
  .pane-verdict {
    display: grid;
    gap: 4px;
    padding: 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--raised);
  }
  .pane-verdict.pane-good {
    background: color-mix(in srgb, var(--green) 12%, var(--surface));
  }
  .pane-verdict.pane-weak,
  .pane-verdict.pane-failed {
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .pane-pair {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .pane-pair .pane-button {
    flex: 1 0 auto;
    padding-inline: 8px;
  }
  .pane-pair svg {
    inline-size: 20px;
    block-size: 20px;
  }
  @media (forced-colors: active) {
    .pane-verdict {
      border-color: CanvasText;
    }
  }
`;
