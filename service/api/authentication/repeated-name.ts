/** A string, and whether it names a member; or a bracket. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs;

/**
 * Whether a JSON object gives one of its names twice. Readers differ in which of the two they take, so that what one of
 * them checked may not be what another one believes (RFC 7519 §4). Nested objects are not looked into.
 */
export function repeatsAName(json: string): boolean {
  const names = new Set<string>();
  let depth = 0;
  for (const [token, colon] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (colon !== undefined && depth === 1) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string;
      if (names.has(name)) return true;
      names.add(name);
    }
  }
  return false;
}
