import { css } from 'lit';

/** Devices, the level meter, the volume, and the switch. */
export const audio = css`
  .pane-part {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  .pane-part > [role='alert']:empty {
    display: none;
  }
  .pane-part h3 {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .pane-part h3 svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .pane-line {
    display: flex;
    gap: 8px;
  }
  .pane-meter {
    display: flex;
    gap: 4px;
    block-size: 20px;
  }
  .pane-meter[hidden],
  .pane-hint[hidden] {
    display: none;
  }
  .pane-meter i {
    flex: 1;
    border: 1px solid transparent;
    border-radius: 3px;
    background: var(--line);
  }
  .pane-meter .pane-lit {
    background: var(--green);
  }
  .pane-hint {
    min-block-size: 40px;
  }
  .pane-volume {
    display: grid;
    grid-template-columns: 1fr auto;
  }
  .pane-volume span + span {
    color: var(--muted);
  }
  .pane .pane-volume input {
    grid-column: span 2;
    inline-size: 100%;
    block-size: 44px;
    margin: 0;
    padding: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }
  .pane-extra {
    padding-block-start: 8px;
    border-block-start: 1px solid var(--line);
  }
  .pane-switch i {
    flex: none;
    inline-size: 40px;
    block-size: 24px;
    padding: 3px;
    border: 1px solid var(--muted);
    border-radius: 12px;
    transition: background-color 0.12s;
  }
  .pane-switch i::before {
    display: block;
    box-sizing: border-box;
    inline-size: 16px;
    block-size: 16px;
    border: 8px solid var(--muted);
    border-radius: 50%;
    content: '';
    transition: translate 0.12s;
  }
  .pane-switch[aria-checked='true'] i {
    border-color: var(--accent);
    background: var(--accent);
  }
  .pane-switch[aria-checked='true'] i::before {
    margin-inline-start: auto;
    border-color: var(--surface);
  }
  .pane-switch[aria-disabled='true'] i {
    opacity: 0.5;
  }
  @media (forced-colors: active) {
    .pane-meter .pane-lit,
    .pane-switch[aria-checked='true'] i {
      forced-color-adjust: none;
      background: Highlight;
    }
    .pane-switch[aria-checked='true'] i::before {
      border-color: HighlightText;
    }
  }
`;
