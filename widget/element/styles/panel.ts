import { css } from 'lit';

/** The panel, the pill, and how a call is set in them. */
export const panel = css`
  section {
    display: flex;
    flex-direction: column;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
    box-shadow: 0 8px 32px #0003;
    outline: 0;
  }
  .large {
    inline-size: 320px;
    min-block-size: min(496px, 100dvh - 32px);
    max-block-size: calc(100dvh - 32px);
  }
  .small {
    max-inline-size: min(320px, 100vw - 32px);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px;
    padding-inline-start: 20px;
    font-weight: 600;
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 4px solid;
    border-radius: 50%;
  }
  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    overflow: auto;
    padding: 4px 16px 16px;
  }
  .centre {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 16px;
    text-align: center;
  }
  .customer {
    max-inline-size: 100%;
    text-align: center;
  }
  .name {
    font-size: 20px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .number {
    font-size: 16px;
  }
  .centre > .timer {
    font-size: 28px;
  }
  .body > .customer .name {
    font-size: 16px;
  }
  .line {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    font-size: 16px;
  }
  .line p,
  .pill p {
    max-inline-size: 100%;
    overflow: hidden;
    font-size: inherit;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .emblem {
    padding: 20px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 11%, transparent);
    line-height: 0;
  }
  .accent {
    color: var(--accent);
  }
  .good {
    color: var(--green);
  }
  .trouble {
    color: var(--amber);
  }
  .quiet {
    color: var(--muted);
  }
  .banner {
    display: flex;
    align-items: start;
    gap: 8px;
    padding: 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: color-mix(in srgb, var(--amber) 14%, var(--surface));
  }
  .banner svg {
    color: var(--amber);
  }
  .banner button {
    margin: -12px;
  }
  code {
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--raised);
    font:
      13px/20px ui-monospace,
      monospace;
  }
  .pill {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 6px;
    padding-inline-start: 16px;
  }
  header span,
  .banner p,
  .summary {
    flex: 1;
  }
  .summary {
    display: grid;
    justify-items: start;
    min-inline-size: 0;
    margin-inline-end: 4px;
  }
  .summary .dot {
    display: inline-block;
    margin-inline-end: 6px;
  }
  @media (width < 480px) {
    :host(:not([collapsed])) {
      inset: auto 0 0;
    }
    .large {
      inline-size: 100%;
      min-block-size: min(400px, 100dvh - 32px);
      border-width: 1px 0 0;
      border-radius: 16px 16px 0 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
`;
