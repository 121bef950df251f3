import type { Ring } from '../core/reach.ts';
import type { PhoneCall } from './phone-call.ts';
import type { CreateRinger, Ringer } from './ringer-port.ts';

/** Whether the ringtone sounds now, from the calls that are here now; never from what happened before. */
export class Ringing {
  readonly #calls: ReadonlyMap<string, PhoneCall>;
  readonly #report: (ring: Ring) => void;
  #ringer: Ringer | undefined;
  #told: Ring = 'off';
  #how: 'off' | 'alone' | 'waiting' = 'off';
  #closed = false;

  constructor(
    calls: ReadonlyMap<string, PhoneCall>,
    report: (ring: Ring) => void,
    base: URL,
    loadRinger: () => Promise<CreateRinger>,
  ) {
    this.#calls = calls;
    this.#report = report;
    // Without it, a call is seen all the same.
    this.#load(base, loadRinger).catch(() => {});
  }

  silence(): void {
    for (const call of this.#calls.values()) if (call.stage === 'ringing') call.silenced = true;
    this.update();
  }

  /** Something has happened to a call. */
  update(): void {
    const calls = [...this.#calls.values()];
    const ringing = this.#closed ? [] : calls.filter(({ stage }) => stage === 'ringing');
    const aloud = ringing.some(({ silenced }) => !silenced);
    const how = !aloud ? 'off' : calls.length > ringing.length ? 'waiting' : 'alone';
    if (how !== this.#how) {
      this.#how = how;
      if (how === 'off') this.#ringer?.stop();
      else this.#ringer?.ring({ waiting: how === 'waiting' });
    }
    if (how === 'off') this.#tell(ringing.length > 0 ? 'silenced' : 'off');
  }

  close(): void {
    this.#closed = true;
    this.update();
    this.#ringer?.close();
  }

  async #load(base: URL, loadRinger: () => Promise<CreateRinger>): Promise<void> {
    const create = await loadRinger();
    if (this.#closed) return;
    this.#ringer = create({ base, report: (ring) => this.#how !== 'off' && this.#tell(ring) });
    this.#how = 'off';
    this.update();
  }

  #tell(ring: Ring): void {
    if (ring === this.#told) return;
    this.#told = ring;
    this.#report(ring);
  }
}
