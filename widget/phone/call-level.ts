const listeners = new Set<(level: number) => void>();

/** The SDK measures mean amplitude, which speech hardly brings above a half. */
const GAIN = 2;

/** Tells how loud the agent is in a call of this page, 0 to 1, some twenty times a second, until what it returns is called. */
export function watchLevel(listener: (level: number) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** `volume` as the SDK gives it: 0 to 1. */
export function tellLevel(volume: number): void {
  const level = Math.min(1, volume * GAIN);
  for (const listener of listeners) listener(level);
}
