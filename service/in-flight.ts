/** Counts the requests that are being answered, so that what they need is closed after the last of them. */
export interface InFlight {
  /** A request begins; the function returned says that it has been answered. */
  begin(): () => void;
  /** Resolves when none is left, or after `graceMs`. */
  settled(graceMs: number): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let onSettled = () => {};
  return {
    begin() {
      count += 1;
      return () => {
        count -= 1;
        if (count === 0) onSettled();
      };
    },
    settled(graceMs) {
      if (count === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(resolve, graceMs);
        onSettled = () => {
          clearTimeout(late);
          resolve();
        };
      });
    },
  };
}
