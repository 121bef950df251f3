import { css } from 'lit';

/** The question before a deletion, and who did what. */
export const oversightStyles = css`
  .controls .bin {
    margin-inline-start: 0;
  }
  .sure {
    display: grid;
    flex: 1 1 100%;
    gap: 8px;
    padding: 8px;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .choice button {
    flex: 1 1 auto;
  }
  .choice .keep {
    border-color: var(--line);
  }
  .delete {
    background: var(--red);
    color: #fff;
    font-weight: 600;
  }
  .deleted {
    outline: 0;
  }
  .history > button {
    margin-inline-start: -12px;
    color: var(--accent);
  }
  .history [aria-expanded='true'] svg {
    rotate: 180deg;
  }
  .history > button svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .deeds {
    display: grid;
    gap: 12px;
    max-block-size: 320px;
    margin: 4px 0 0;
    padding: 0;
    overflow: auto;
    font-size: 13px;
    list-style: none;
  }
  .deeds li {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--line);
  }
  .deeds p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    overflow-wrap: anywhere;
  }
  .deeds del {
    color: var(--muted);
  }
  .deeds ins {
    text-decoration: none;
  }
`;
