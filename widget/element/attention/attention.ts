import { showIncoming } from './incoming-notification.ts';
import { PageIcon } from './page-icon.ts';
import { PageTitle } from './page-title.ts';

export interface AttentionWords {
  /** “Incoming call”, without a name or a number: others may see the screen. */
  readonly text: string;
  readonly lang: string;
  readonly dir: 'rtl' | 'ltr';
  /** A desktop notification too, where the agent has asked for them. */
  readonly notify: boolean;
}

/** Makes an incoming call seen where the page is not: in the tab's title and icon, and on the desktop. */
export class Attention {
  readonly #title = new PageTitle();
  readonly #icon = new PageIcon();
  #notification: Notification | null = null;
  #on = false;

  /** Does nothing while it is on already. */
  start({ text, lang, dir, notify }: AttentionWords): void {
    if (this.#on) return;
    this.#on = true;
    this.#title.alternate(`${dir === 'rtl' ? '\u200F' : '\u200E'}${text}…`);
    this.#icon.badge();
    if (notify) this.#notification = showIncoming(text, lang, dir);
  }

  /** Leaves the page as it was, or as it has made itself meanwhile. */
  stop(): void {
    if (!this.#on) return;
    this.#on = false;
    this.#title.restore();
    this.#icon.restore();
    this.#notification?.close();
    this.#notification = null;
  }
}
