import type { Ring } from '../core/reach.ts';

/** The sound of a call that rings. */
export interface Ringer {
  /** Sounds until `stop`; `waiting`: softly, the agent is in a call. A second `ring` replaces the first. */
  ring(how: { waiting: boolean }): void;
  stop(): void;
  /** For good. */
  close(): void;
}

export type CreateRinger = (options: {
  /** Folder of `sounds/`. */
  base: URL;
  /** `on` when it really sounds, `blocked` when the browser does not let it. */
  report: (ring: Ring) => void;
}) => Ringer;
