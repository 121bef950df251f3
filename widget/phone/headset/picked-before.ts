/** A page that has asked the browser for headsets is kept in no back/forward cache: only who has picked one pays for it. */
const KEY = 'almasar-dialer:headset';

/** Whether an agent has picked a headset in this browser for this origin. */
export function headsetPickedBefore(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    // Storage is blocked.
    return false;
  }
}

export function rememberHeadsetPicked(): void {
  try {
    localStorage.setItem(KEY, 'picked');
  } catch {
    // Then it is picked anew in the next page.
  }
}
