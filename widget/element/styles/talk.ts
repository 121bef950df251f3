import { css } from 'lit';

/** How a call under way is set. In a small window, or at a large zoom, who it is comes before what adorns it. */
export const talk = css`
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
  .last,
  .body > .wide:last-child {
    position: sticky;
    inset-block-end: 0;
    box-shadow: 0 16px var(--surface);
  }
  .body > .hang-up {
    margin-block-start: 12px;
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
  @media (height < 400px) {
    .centre {
      padding: 0;
    }
    .centre > .emblem {
      display: none;
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .hang-up {
      forced-color-adjust: none;
      border-color: ButtonText;
    }
    .body > .hang-up:last-child {
      box-shadow: 0 16px Canvas;
    }
    .hang-up:focus-visible {
      outline-color: Highlight;
    }
  }
`;
