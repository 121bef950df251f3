const FIRST_AGAIN_MS = 5000;
const LAST_AGAIN_MS = 3_600_000;

/** What was refused so often is asked again after 5 s, 10 s, 20 s … an hour. */
export const againAfterMs = (attempts: number) => Math.min(FIRST_AGAIN_MS * 2 ** (attempts - 1), LAST_AGAIN_MS);
