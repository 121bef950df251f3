/** Loads once, when it is first asked for. When that fails, the next time asks again. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    if (loading) return loading;
    loading = load();
    loading.catch(() => (loading = undefined));
    return loading;
  };
}
