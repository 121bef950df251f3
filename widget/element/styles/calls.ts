import { css } from 'lit';

/** How ends, trouble and customers who call are set, beside `talk`. */
export const calls = css`
  h2 {
    flex: 1;
    margin: 0;
    font: inherit;
    font-weight: 600;
  }
  .verdict + .customer .name {
    font-size: 16px;
    line-height: 24px;
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
  .last {
    background: var(--surface);
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
  .pill [part='mute-button'][aria-pressed='true'] {
    background: var(--amber);
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
`;
