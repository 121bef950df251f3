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
  /* Whatever the focus goes to is above what stays at the foot. */
  .body,
  .slot,
  .pane {
    scroll-padding-block: 8px 76px;
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
  /* Over what is empty of the handset, which is not mirrored. */
  .launcher .due {
    position: absolute;
    inset: 4px 4px auto auto;
    min-inline-size: 20px;
    padding-inline: 5px;
    border-radius: 10px;
    outline: 2px solid var(--surface);
    background: var(--amber);
    font-size: 12px;
    font-weight: 600;
  }
  .due::before {
    content: attr(data-count);
  }
  .launcher:has(.due) .dot {
    inset-block: auto 8px;
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
  .banner {
    position: relative;
  }
  .banner p {
    text-wrap: pretty;
  }
  .since {
    position: absolute;
    inset-block-start: 12px;
    inset-inline-end: 12px;
  }
  :is(.banner, .elsewhere) ~ .field input {
    block-size: 48px;
  }
  :is(.banner, .elsewhere) ~ .field button {
    inset-block-start: 2px;
  }
  .body:has(> .field):has(> :is(.banner, .elsewhere)) {
    gap: 8px;
  }
  .body:has(> .field) > .banner {
    padding-block: 10px;
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
    padding: 4px 8px;
    margin-block-start: 8px;
    /* Below the icon too: its own direction is that of the address. */
    margin-inline: -32px 0;
    background: var(--surface);
    font-size: 12px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  [dir='rtl'] .banner code {
    margin-inline: 0 -32px;
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
  .verdict small {
    color: var(--muted);
    font-size: 13px;
  }
  .centre:has(code) {
    padding-block-start: 16px;
  }
  .banner + .centre:has(.recorder) {
    gap: 8px;
  }
  .banner + .centre:has(.recorder) > .emblem {
    display: none;
  }
  /* Two customers: who is spoken to has less room, the whole name in its tooltip. */
  .waiting + .centre {
    flex-flow: row wrap;
    align-content: center;
    gap: 4px 16px;
  }
  .waiting + .centre .customer {
    inline-size: 100%;
    grid-template-columns: minmax(0, 1fr);
  }
  .waiting + .centre .name {
    display: block;
    max-inline-size: 100%;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .banner ~ .waiting ~ .tiles .tile {
    flex-direction: row;
    padding-block: 0;
  }
  .recorder + .sent {
    margin-block: -6px;
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
    .switch[aria-checked='true'] i {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
    }
    .switch[aria-checked='true'] i::before {
      border-color: HighlightText;
    }
  }
`;
