/** Times are compared as text, so all of them must be written alike. */
export const instant = (time: string) => new Date(time).toISOString();
