/** The element's own script. The build puts the addresses of its chunks in the place of both. */
export const ELEMENT_SCRIPT: string = './index.ts';

/** Beside it, what a first call needs: here the element's script finds it by itself. */
export const FIRST_CALL_SCRIPTS: readonly string[] = [];
