import { css } from 'lit';

/** The list: a table with a header that stays, and cards where there is no room for one. */
export const rows = css`
  .scroller {
    position: relative;
    flex: 1;
    overflow: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-gutter: stable;
    scroll-padding-block-start: 36px;
  }
  .line {
    display: grid;
    grid-template-columns: 20px minmax(0, 2fr) minmax(0, 1.35fr) minmax(0, 1.5fr) 56px minmax(0, 2.2fr) 164px;
    align-items: center;
    gap: 16px;
    padding-inline: 16px 8px;
  }
  .with-agents .line {
    grid-template-columns:
      20px minmax(0, 1.7fr) minmax(0, 1.45fr) minmax(0, 1.45fr) 56px minmax(0, 1fr) minmax(0, 1.5fr)
      164px;
  }
  .head {
    position: sticky;
    z-index: 2;
    inset-block-start: 0;
    border-block-end: 1px solid var(--line);
    background: var(--surface);
  }
  .head .line {
    block-size: 36px;
    color: var(--muted);
    font-size: 12px;
  }
  .body {
    position: relative;
    transition: opacity 0.12s;
  }
  .busy .body {
    opacity: 0.5;
  }
  .row {
    contain: layout style;
    position: absolute;
    inset-inline: 0;
    border-block-end: 1px solid var(--line);
  }
  .body .line {
    position: relative;
    block-size: 64px;
  }
  .row:hover > .line {
    background: color-mix(in srgb, var(--text) 3%, transparent);
  }
  .opened {
    z-index: 1;
    background: var(--surface);
  }
  .opened::before {
    position: absolute;
    z-index: 1;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 0;
    border-inline-start: 2px solid var(--accent);
    content: '';
  }
  .line > span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .direction {
    color: var(--muted);
    line-height: 0;
  }
  .body .line > .who,
  .body .line > .actions {
    overflow: visible;
  }
  .who {
    display: grid;
    justify-items: start;
  }
  .name {
    max-inline-size: 100%;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
  }
  .name a {
    color: inherit;
  }
  .number {
    display: inline-block;
    min-block-size: 24px;
    padding: 2px 6px;
    margin: 0 -6px;
    border-radius: 6px;
    color: var(--muted);
    text-decoration: none;
  }
  .number:hover {
    background: color-mix(in srgb, var(--accent) 12%, transparent);
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .alone .number {
    color: var(--text);
    font-weight: 600;
  }
  .row .outcome {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .outcome svg {
    inline-size: 18px;
    block-size: 18px;
    color: var(--muted);
  }
  .outcome span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .outcome.answered svg {
    color: var(--green);
  }
  .outcome.missed,
  .outcome.missed svg {
    color: var(--amber);
    font-weight: 600;
  }
  .outcome:is(.voicemail, .failed) svg {
    color: var(--amber);
  }
  .outcome.in-progress,
  .outcome.in-progress svg {
    color: var(--accent);
    font-weight: 600;
  }
  .refusal {
    display: block;
    padding-inline-start: 24px;
    color: var(--muted);
    font-size: 13px;
    line-height: 18px;
    white-space: normal;
  }
  .began span:first-child,
  .none {
    color: var(--muted);
  }
  .line > .about {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--muted);
  }
  .note {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tag {
    flex: none;
    max-inline-size: 100%;
    overflow: hidden;
    padding: 1px 8px;
    border: 1px solid var(--line);
    border-radius: 6px;
    color: var(--text);
    font-size: 13px;
    text-overflow: ellipsis;
  }
  .unsaved {
    flex: none;
    color: var(--amber);
    line-height: 0;
  }
  .actions {
    display: flex;
    align-items: center;
    justify-content: flex-end;
  }
  .call-back {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 44px;
    padding: 0 12px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: color-mix(in srgb, var(--accent) 11%, var(--surface));
    color: var(--accent);
    font-weight: 600;
    text-decoration: none;
    transition: background-color 0.12s;
  }
  .call-back:has(+ .second) {
    inline-size: 44px;
    padding: 0;
    justify-content: center;
  }
  .call-back:has(+ .second) span {
    position: absolute;
    clip-path: inset(50%);
  }
  .call-back:hover {
    background: color-mix(in srgb, var(--accent) 18%, var(--surface));
  }
  .expand {
    color: var(--muted);
  }
  .expand svg {
    transition: rotate 0.16s;
  }
  .opened .expand svg {
    rotate: 180deg;
  }
  .end {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 56px;
  }
  @container (width < 900px) {
    .line {
      gap: 12px;
      grid-template-columns: 20px minmax(0, 2fr) minmax(0, 1.35fr) minmax(0, 1.5fr) 56px 88px;
    }
    .with-agents .line {
      grid-template-columns: 20px minmax(0, 1.6fr) minmax(0, 1.6fr) minmax(0, 1.4fr) 56px minmax(0, 1fr) 88px;
    }
    .line > .about {
      display: none;
    }
    .call-back span {
      position: absolute;
      clip-path: inset(50%);
    }
    .call-back + .second {
      display: none;
    }
    .call-back {
      inline-size: 44px;
      padding: 0;
      justify-content: center;
    }
  }
  @container (width < 640px) {
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .scroller {
      scroll-padding-block-start: 0;
    }
    .body .line,
    .with-agents .body .line {
      grid-template:
        'direction who actions' 48px
        '. result began' 24px
        '. about duration' 24px
        / 20px minmax(0, 1fr) auto;
      align-content: center;
      gap: 0 12px;
      block-size: 120px;
      padding-inline: 12px 4px;
    }
    .line > .direction {
      grid-area: direction;
    }
    .line > .who {
      grid-area: who;
    }
    .line > .result {
      grid-area: result;
    }
    /* One line: the reason says more than that it failed. */
    .result:has(.refusal) {
      display: flex;
      gap: 6px;
    }
    .result .refusal {
      padding: 0;
      overflow: hidden;
      font-size: inherit;
      line-height: inherit;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .result:has(.refusal) .outcome span {
      position: absolute;
      clip-path: inset(50%);
    }
    .line > .began {
      grid-area: began;
      padding-inline-end: 8px;
      text-align: end;
    }
    .line > .duration {
      grid-area: duration;
      padding-inline-end: 8px;
      color: var(--muted);
      text-align: end;
    }
    .line > .about {
      display: flex;
      grid-area: about;
    }
    .line > .agent {
      display: none;
    }
    .line > .actions {
      grid-area: actions;
    }
    .line .none {
      display: none;
    }
  }
`;
