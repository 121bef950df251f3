import { css } from 'lit';

/** The panel, its header, and the pill. */
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
    block-size: min(520px, 100dvh - 32px);
  }
  .small {
    inline-size: fit-content;
    max-inline-size: min(320px, 100vw - 32px);
  }
  :host([inline]) .large {
    inline-size: 100%;
    block-size: 100%;
    box-shadow: none;
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    padding: 4px;
    padding-inline-start: 16px;
    font-weight: 600;
  }
  header span,
  .summary {
    flex: 1;
    min-inline-size: 0;
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 4px solid;
    border-radius: 50%;
    margin-inline-end: 8px;
  }
  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    overflow: auto;
    padding: 4px 16px 16px;
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
  .pill {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 6px;
    padding-inline-start: 12px;
  }
  .summary {
    display: grid;
    justify-items: start;
    margin-inline-end: 4px;
  }
  .summary .dot {
    display: inline-block;
    margin-inline-end: 4px;
  }
  .who,
  .summary p {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who {
    font-weight: 600;
  }
  .skeleton {
    flex: none;
    block-size: 20px;
    border-radius: 4px;
    background: var(--raised);
  }
  @media (width < 480px) {
    :host(:not([collapsed], [inline])) {
      inset: auto 0 0 !important;
    }
    :host(:not([inline])) .large {
      inline-size: 100%;
      border-width: 1px 0 0;
      border-radius: 16px 16px 0 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (prefers-reduced-motion) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
