import { css } from 'lit';

/** A call in little room, and what is said above it. */
export const asides = css`
  .told {
    flex: none;
    justify-content: start;
    gap: 12px;
    margin: 6px 6px 0;
    padding: 4px 12px;
    text-align: start;
  }
  .told > span {
    display: grid;
    min-inline-size: 0;
  }
  .told b,
  .told span span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .told.amber {
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .told.amber svg {
    color: var(--amber);
  }
  .call-backs {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: start;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    font-weight: 400;
    text-align: start;
  }
  .call-backs svg {
    color: var(--accent);
  }
  .call-backs span {
    flex: 1;
    min-inline-size: 0;
  }
  .call-backs b {
    color: var(--amber);
    font-weight: 600;
  }
  .small > .waiting,
  .foot > .waiting {
    margin: 6px 6px 0;
    padding: 8px;
    padding-block-start: 6px;
  }
  .small > .waiting .pair,
  .foot > .waiting .pair {
    margin-block-start: 6px;
  }
  .foot {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  div:has(+ .foot > .waiting) .pane-foot {
    position: static;
  }
  [part='mute-button'] {
    background-image: linear-gradient(var(--green), var(--green));
    background-position: bottom;
    background-origin: border-box;
    background-size: calc(100% * var(--level, 0)) 5px;
    background-repeat: no-repeat;
  }
  .plain .call {
    margin: -6px 0;
    background: var(--green);
  }
  .how,
  .copy {
    margin-block-start: 8px;
  }
  .banner .how {
    background: var(--surface);
  }
  .copy {
    background: none;
    color: var(--accent);
  }
  .verdict {
    display: grid;
    justify-items: center;
    gap: 4px;
    max-inline-size: 100%;
  }
  .verdict code span,
  .banner code span {
    display: inline-block;
  }
  .banner code {
    display: block;
    margin-block-start: 8px;
    background: var(--surface);
    font-size: 12px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .verdict code {
    max-inline-size: 100%;
    margin-block-start: 8px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .recorder {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .recorder button[aria-disabled='true'] {
    color: var(--muted);
    cursor: default;
    filter: none;
  }
  .recording {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--muted);
  }
  .recording i {
    border: 5px solid var(--red);
    border-radius: 50%;
  }
  .summary .recording {
    display: inline-flex;
    margin-inline-start: 8px;
  }
  .recording.paused {
    color: var(--text);
    font-weight: 600;
  }
  .recording.paused i {
    inline-size: 10px;
    block-size: 12px;
    border: 0 solid;
    border-inline-width: 3px;
    border-radius: 0;
  }
  .banner + .centre:has(.recorder) > .emblem {
    display: none;
  }
  .summary .paused {
    display: flex;
    margin: 0;
  }
  .body > .recorder {
    flex: none;
    justify-content: space-between;
  }
  .answers {
    padding: 0 6px 6px;
  }
  .foot > :first-child:not(.pill) {
    margin-block-start: 8px;
  }
  @media (forced-colors: active) {
    .told {
      border-color: ButtonText;
    }
    .recording:not(.paused) i {
      forced-color-adjust: none;
    }
  }
`;
