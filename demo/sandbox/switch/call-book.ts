import type { Leg } from './leg.ts';

/** Every leg since the sandbox started, oldest first. */
export class CallBook {
  readonly #legs = new Map<string, Leg>();

  add(leg: Leg): void {
    this.#legs.set(leg.sid, leg);
  }

  find(sid: string): Leg | undefined {
    return this.#legs.get(sid);
  }

  list(): Leg[] {
    return [...this.#legs.values()];
  }
}
