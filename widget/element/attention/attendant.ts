import type { DialerState } from '../../core/state.ts';
import type { FirstMessages } from '../../locales/messages.ts';
import type { Attention } from './attention.ts';

/** Calls for the agent's attention while a customer waits for an answer, by a script that is fetched for the first one. */
export class Attendant {
  #attention: Attention | undefined;
  #loading = false;
  #wanted: (() => void) | undefined;

  /** To be called at every change. */
  follow({ phase, call, waiting, place }: DialerState, t: FirstMessages): void {
    const calling = phase === 'incoming' && call && !call.accepting ? call : waiting?.accepting ? null : waiting;
    this.#wanted = calling
      ? () => this.#attention?.start({ text: t.phases.incoming, lang: t.lang, dir: t.dir, notify: place === 'here' })
      : undefined;
    if (!calling) this.#attention?.stop();
    else if (this.#attention) this.#wanted?.();
    else void this.#load();
  }

  stop(): void {
    this.#wanted = undefined;
    this.#attention?.stop();
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { Attention } = await import('./attention.ts');
      this.#attention = new Attention();
      this.#wanted?.();
    } catch {
      // The call is drawn and rings without it.
    } finally {
      this.#loading = false;
    }
  }
}
