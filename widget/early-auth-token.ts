/**
 * Asks for the CRM's token at once, while the phone that needs it is on its way: after a click on a cold page every
 * round trip counts. The first answer is given once; what is asked later is asked anew.
 */
export function earlyAuthToken(getAuthToken: () => Promise<string>): () => Promise<string> {
  const early = [getAuthToken()];
  // Told to whoever asks for it.
  early[0]!.catch(() => {});
  return () => early.pop() ?? getAuthToken();
}
