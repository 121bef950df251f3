import { css } from 'lit';

/** Chips, the note, and what became of it. */
export const wrapUp = css`
  .pane-group {
    display: grid;
    gap: 4px;
  }
  .pane-wrap-up > label {
    flex: 1 0 auto;
    grid-template-rows: auto 1fr;
  }
  .pane-slim {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .pane-slim p {
    color: var(--amber);
  }
  .pane-chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .pane .pane-chip {
    padding-inline: 12px;
    border-color: var(--line);
    background: none;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .pane .pane-chip:hover {
    background: var(--raised);
    filter: none;
  }
  .pane .pane-chip[aria-pressed='true'] {
    border-color: transparent;
    background: var(--text);
    color: var(--surface);
  }
  .pane .pane-note {
    inline-size: 100%;
    min-block-size: 64px;
    margin: 0;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 16px;
    resize: vertical;
  }
  .pane .pane-note:focus-visible {
    border-color: var(--accent);
    outline-offset: -1px;
  }
  .pane .pane-note::placeholder {
    color: var(--muted);
    font-size: 14px;
    opacity: 1;
  }
  .pane-again {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 12px;
    align-items: center;
  }
  .pane-again > :not(h3, select) {
    grid-column: 2;
  }
  .pane-wrap-up {
    gap: 8px;
    padding-block-end: 0;
  }
  .pane-foot {
    position: sticky;
    inset-block-end: var(--under, 0);
    display: grid;
    grid-template-columns: 1fr 1fr;
    align-items: center;
    gap: 8px;
    margin-block-start: auto;
    padding-block: 4px 12px;
    background: var(--surface);
  }
  /* What goes on below it is seen to. */
  .pane-foot::before {
    position: absolute;
    inset: auto 0 100%;
    block-size: 16px;
    background: linear-gradient(transparent, var(--surface));
    content: '';
    pointer-events: none;
  }
  .pane-result {
    font-size: 13px;
  }
  @media (height < 480px) {
    .pane-foot {
      position: static;
    }
    .pane-foot::before {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .pane-foot::before {
      display: none;
    }
    .pane .pane-chip[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
