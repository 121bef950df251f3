import type { CallRecord, SettingsAnswer } from '../../service/contract.ts';
import type { Oversight, OversightPorts } from './oversight/oversight.ts';

/** Fetches what supervisors and admins may do besides, when one of them opens a row. */
export class OversightPart {
  /** Undefined until it is there. */
  oversight: Oversight | undefined;
  readonly #ports: Omit<OversightPorts, 'root'>;
  #asked = false;

  constructor(ports: Omit<OversightPorts, 'root'>) {
    this.#ports = ports;
  }

  /** To be called before every update, with the call whose row is open. */
  follow(root: Node, { role }: SettingsAnswer, call: CallRecord | undefined): void {
    if (role !== 'agent' && call && !this.#asked && root instanceof ShadowRoot) void this.#load(root);
    this.oversight?.follow(call);
  }

  async #load(root: ShadowRoot): Promise<void> {
    this.#asked = true;
    try {
      const { Oversight } = await import('./oversight/oversight.ts');
      this.oversight = new Oversight({ ...this.#ports, root });
      this.#ports.changed();
    } catch {
      // The next row that is opened asks again.
      this.#asked = false;
    }
  }
}
