/** The element's own script. The build names its chunks in the place of both functions. */
export function importElement(): Promise<unknown> {
  return import('./index.ts');
}

/** Beside it, what a first call needs: here the element's script finds it by itself. */
export function importFirstCall(): readonly Promise<unknown>[] {
  return [];
}
