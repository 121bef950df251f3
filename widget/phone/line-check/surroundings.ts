import { measureLevel } from '../audio/level-meter.ts';
import type { CheckSurroundings } from './check-run.ts';

/** A policy refuses at once; only a slow network takes longer. */
const TRY_MS = 2000;

/** What is refused is told of in a turn of its own. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function first(target: EventTarget, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TRY_MS);
    for (const event of events) {
      target.addEventListener(event, () => {
        clearTimeout(timer);
        void aTurn().then(resolve);
      });
    }
  });
}

/** The browser's own. */
export function browserSurroundings(): CheckSurroundings {
  return {
    page: document,
    measureLevel,
    async tryWebSocket(url) {
      let socket: WebSocket;
      try {
        socket = new WebSocket(url);
      } catch {
        // Firefox makes none where the page's policy refuses it.
        return aTurn();
      }
      await first(socket, ['open', 'error']);
      socket.close();
    },
    async trySound(url) {
      const sound = new Audio();
      sound.preload = 'metadata';
      const done = first(sound, ['loadedmetadata', 'error']);
      sound.src = url;
      await done;
      sound.removeAttribute('src');
    },
  };
}
