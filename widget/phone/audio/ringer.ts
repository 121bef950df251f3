import type { Ring } from '../../core/reach.ts';
import { audioSettings, followAudioSettings } from './audio-settings.ts';
import { sendSoundTo } from './send-sound-to.ts';

export interface Ringer {
  /** Rings until `stop`; `waiting`: softly, for one who has a call. */
  ring: (options?: { waiting?: boolean }) => void;
  stop: () => void;
  close: () => void;
}

export interface RingerOptions {
  /** Folder of `sounds/`. */
  base: URL;
  /** `on` once it sounds; `blocked` while the browser lets no page sound that nobody has touched. */
  report: (ring: Ring) => void;
}

/** What browsers take as leave to sound. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown'];

/** The ringtone, on the agent's device for it: one audio element, over which `stop` has the last word. */
export function createRinger({ base, report }: RingerOptions): Ringer {
  const audio = new Audio();
  audio.loop = true;
  /** Changes with every ring and stop, so that what is under way knows. */
  let turn: object | undefined;
  let told: Ring = 'off';
  // Of every tab: the one that rings is turned down from the one that is seen.
  const unfollow = followAudioSettings(({ ringVolume }) => (audio.volume = ringVolume));

  function tell(ring: Ring): void {
    if (ring === told) return;
    told = ring;
    report(ring);
  }

  async function start(): Promise<void> {
    const mine = turn;
    const { ringer, ringVolume } = audioSettings();
    audio.volume = ringVolume;
    await sendSoundTo(audio, ringer);
    if (!mine || turn !== mine) return;
    try {
      await audio.play();
      if (turn === mine) tell('on');
      else if (!turn) audio.pause();
    } catch {
      if (turn === mine) tell('blocked');
    }
  }

  const onGesture = () => {
    if (told === 'blocked') void start();
  };

  function stop(): void {
    turn = undefined;
    audio.pause();
    for (const gesture of GESTURES) removeEventListener(gesture, onGesture, true);
    tell('off');
  }

  return {
    ring({ waiting = false } = {}) {
      const { href } = new URL(`sounds/${waiting ? 'waiting' : 'ringtone'}.wav`, base);
      if (turn && audio.src === href) return;
      turn = {};
      // From its beginning, also when it is the same one.
      audio.src = href;
      for (const gesture of GESTURES) addEventListener(gesture, onGesture, true);
      void start();
    },
    stop,
    close() {
      stop();
      unfollow();
      audio.removeAttribute('src');
      audio.load();
    },
  };
}
