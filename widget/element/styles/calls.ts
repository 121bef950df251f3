import { css } from 'lit';

/** How calls and trouble are set. */
export const calls = css`
  h2 {
    flex: 1;
    margin: 0;
    font: inherit;
    font-weight: 600;
  }
  .centre {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    gap: 12px;
    padding-block-start: 40px;
    text-align: center;
    text-wrap: balance;
  }
  * + .centre {
    justify-content: center;
    padding: 0;
  }
  .customer {
    display: grid;
    justify-items: center;
    gap: 4px;
    max-inline-size: 100%;
    text-align: center;
  }
  .name {
    font-size: 20px;
    font-weight: 600;
    line-height: 28px;
    overflow-wrap: anywhere;
  }
  .customer .name {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .number {
    font-size: 16px;
  }
  .customer a {
    padding: 12px;
    margin-block: -8px;
    color: var(--accent);
  }
  .centre > .timer {
    font-size: 28px;
    line-height: 32px;
  }
  .verdict + .customer .name {
    font-size: 16px;
    line-height: 24px;
  }
  .line {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    font-size: 16px;
  }
  .emblem {
    flex: none;
    padding: 20px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 11%, transparent);
    line-height: 0;
  }
  .ringing {
    animation: ring 1.6s ease-out infinite;
  }
  @keyframes ring {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, currentColor 40%, transparent);
    }
    to {
      box-shadow: 0 0 0 20px transparent;
    }
  }
  .banner {
    display: flex;
    flex: none;
    align-items: start;
    gap: 8px;
    padding: 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .banner > svg {
    color: var(--amber);
  }
  .banner .icon {
    margin: -12px;
  }
  .banner p {
    flex: 1;
    overflow-wrap: anywhere;
  }
  .plain {
    align-items: center;
    background: var(--raised);
  }
  .plain button {
    background: var(--surface);
  }
  .slim {
    padding: 0 16px;
    font-weight: 600;
  }
  .elsewhere {
    text-align: center;
  }
  .waiting {
    display: grid;
    flex: none;
    justify-items: start;
    padding: 12px;
    border: 1px solid var(--accent);
    border-radius: 12px;
    background: color-mix(in srgb, var(--accent) 8%, var(--surface));
  }
  .waiting small {
    color: var(--accent);
    font-size: inherit;
  }
  .waiting .slim:not(.call, :disabled) {
    background: var(--surface);
  }
  .waiting .slim {
    padding: 0 8px;
  }
  .pair {
    display: grid;
    flex: none;
    gap: 8px;
    grid-template-columns: 1fr 1fr;
  }
  .waiting .pair {
    grid-template-columns: 2fr 3fr;
    justify-self: stretch;
    margin-block-start: 12px;
  }
  .last,
  .body > .wide:last-child {
    position: sticky;
    inset-block-end: 0;
    box-shadow: 0 16px var(--surface);
  }
  .last {
    background: var(--surface);
  }
  .body > .hang-up {
    margin-block-start: 12px;
  }
  .quiet-button {
    font-weight: 400;
  }
  .over {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
  }
  .over .emblem {
    padding: 8px;
  }
  .over div:last-child {
    flex: 1;
    min-inline-size: 0;
  }
  .over .who {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    color: var(--muted);
    font-weight: 400;
  }
  .slot {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    overflow: auto;
  }
  .slot > .muted,
  .slot > .slim,
  .slot > .skeleton {
    margin: 12px 16px;
  }
  .grow {
    --under: 48px;
    flex: 1 0 auto;
    margin: 0 -16px -12px;
  }
  .grow,
  .grow > .pane {
    overflow: visible;
  }
  small {
    white-space: nowrap;
  }
  .sent {
    min-block-size: 28px;
    overflow-wrap: anywhere;
    font-size: 20px;
    line-height: 28px;
    text-align: center;
  }
  .tiles {
    display: grid;
    flex: none;
    gap: 8px;
    grid-template-columns: repeat(3, 1fr);
  }
  .tile {
    padding: 12px 4px;
    font-size: 13px;
  }
  .tiles:not(.low) .tile {
    flex-direction: column;
    gap: 4px;
  }
  .low .tile {
    gap: 4px;
    padding-block: 0;
  }
  button[aria-pressed='true'] {
    background: var(--text);
    color: var(--surface);
  }
  .pill [part='mute-button'][aria-pressed='true'] {
    background: var(--amber);
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
  .waits {
    color: var(--accent);
    font-weight: 600;
  }
  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    padding: 0 4px 4px;
  }
  [dir='rtl'] .back svg {
    transform: scaleX(-1);
  }
  .foot {
    border-block-start: 1px solid var(--line);
  }
  code {
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--raised);
    font:
      13px/20px ui-monospace,
      monospace;
  }
  .skeleton {
    animation: wait 1.2s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      opacity: 0.4;
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .recording i,
    .hang-up {
      forced-color-adjust: none;
    }
    .hang-up {
      border-color: ButtonText;
    }
    .hang-up:focus-visible {
      outline-color: Highlight;
    }
  }
`;
