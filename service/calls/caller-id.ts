/**
 * The numbers that an agent may show to customers, in the order they are configured in: those of the account that the
 * CRM's token allows. `owned` is undefined while the carrier could not be asked, `allowed` where the CRM says nothing of it.
 */
export function callerIdsFor(
  configured: readonly string[],
  owned: ReadonlySet<string> | undefined,
  allowed: readonly string[] | undefined,
): string[] {
  return configured.filter((number) => (owned?.has(number) ?? true) && (allowed?.includes(number) ?? true));
}
