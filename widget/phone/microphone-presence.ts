/**
 * Tells whether a call could be answered: the page may use a microphone, and there is one. Asks nobody for anything.
 * Returns what ends the watch.
 */
export function watchMicrophone(report: (there: boolean) => void): () => void {
  const { mediaDevices, permissions } = navigator as { mediaDevices?: MediaDevices; permissions?: Permissions };
  let status: PermissionStatus | undefined;
  let ended = false;
  const look = async () => {
    const devices = (await mediaDevices?.enumerateDevices().catch(() => null)) ?? null;
    if (ended) return;
    // Where devices cannot be listed, the call itself must show.
    const present = mediaDevices !== undefined && (!devices || devices.some(({ kind }) => kind === 'audioinput'));
    report(present && status?.state !== 'denied');
  };
  const again = () => void look();
  mediaDevices?.addEventListener?.('devicechange', again);
  const ask = async () => {
    // Firefox before 132 and Safari before 16 do not know the name.
    status = await permissions?.query({ name: 'microphone' }).catch(() => undefined);
    if (ended) return;
    status?.addEventListener?.('change', again);
    await look();
  };
  void ask();
  return () => {
    ended = true;
    mediaDevices?.removeEventListener?.('devicechange', again);
    status?.removeEventListener?.('change', again);
  };
}
