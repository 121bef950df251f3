import type { SavedCall } from './core/phone.ts';

/** The carrier waits this long for a page that was reloaded (facts of the service's contract: AWAY_SECONDS). */
const GOOD_MS = 15_000;

interface Kept extends SavedCall {
  /** When the page was left. */
  readonly at: number;
}

/** Where a tab keeps its call while it loads its next page. */
export interface CallKeeper {
  keep(saved: SavedCall): void;
  /** There is one that may still be on. */
  has(): boolean;
  /** The call that was kept, once, if it may still be on. */
  take(): SavedCall | undefined;
}

/** In the tab's own session storage: another tab never takes the call up, and a closed one forgets it. */
export function createCallKeeper(key: string, storage: () => Storage): CallKeeper {
  function read(): SavedCall | undefined {
    try {
      const kept = JSON.parse(storage().getItem(key) ?? 'null') as Kept | null;
      return kept && Date.now() - kept.at < GOOD_MS ? { call: kept.call, connectToken: kept.connectToken } : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    keep(saved) {
      try {
        storage().setItem(key, JSON.stringify({ ...saved, at: Date.now() } satisfies Kept));
      } catch {
        // A browser that lets a page keep nothing: the service ends the call.
      }
    },
    has: () => read() !== undefined,
    take() {
      const saved = read();
      if (saved) storage().removeItem(key);
      return saved;
    },
  };
}
