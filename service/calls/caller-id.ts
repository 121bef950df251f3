/**
 * The number that a customer sees: the first of the configured ones that the account owns and that this agent may show.
 * `owned` is undefined while the carrier could not be asked, `allowed` where the CRM says nothing of it.
 */
export function chooseCallerId(
  configured: readonly string[],
  owned: ReadonlySet<string> | undefined,
  allowed: readonly string[] | undefined,
): string | undefined {
  return configured.find((number) => (owned?.has(number) ?? true) && (allowed?.includes(number) ?? true));
}
