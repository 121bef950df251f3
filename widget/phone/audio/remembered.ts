import { AUDIO_KEY, type AudioDevice, type AudioRole } from '../../core/audio.ts';

/** Whatever device the system says. */
export const DEFAULT_ID = 'default';

/** What would be in the browser's storage where a page may not use it. */
export const unstored: { text: string | null } = { text: null };

/** The remembered settings as they are: anything may be in there. */
export function rememberedAudio(): Partial<Record<string, unknown>> {
  let { text } = unstored;
  try {
    text ??= localStorage.getItem(AUDIO_KEY);
  } catch {
    // Storage is blocked.
  }
  try {
    return { ...(JSON.parse(text ?? '{}') as object) };
  } catch {
    return {};
  }
}

/** The device that the agent has chosen for this; it need not be there now. */
export function rememberedDevice(role: AudioRole): AudioDevice {
  const { id, label } = { ...(rememberedAudio()[role] as object) } as Partial<Record<string, unknown>>;
  const known = typeof id === 'string' && id;
  return { id: known || DEFAULT_ID, label: known && typeof label === 'string' ? label : '' };
}
