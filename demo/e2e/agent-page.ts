import type { Page } from 'playwright-core';
import type { DialerState, Phase } from '../../widget/core/state.ts';
import { CallCenterPage } from './call-center-page.ts';

/** What tests ask of the element in the page, by its public methods. */
type Method =
  | 'answer'
  | 'decline'
  | 'silence'
  | 'hangUp'
  | 'mute'
  | 'dial'
  | 'setAvailable'
  | 'takeOver'
  | 'prepare'
  | 'openPanel'
  | 'saveWrapUp';

interface Element {
  state: DialerState;
  [method: string]: unknown;
}

/** The `<almasar-dialer>` of any page, as a script of the page sees it. */
export class AgentPage {
  readonly page: Page;

  constructor(page: Page | CallCenterPage) {
    this.page = page instanceof CallCenterPage ? page.page : page;
  }

  state(): Promise<DialerState> {
    return this.page
      .locator('almasar-dialer')
      .first()
      .evaluate(async (element) => {
        await customElements.whenDefined('almasar-dialer');
        return (element as unknown as Element).state;
      });
  }

  async ask(method: Method, ...args: unknown[]): Promise<void> {
    await this.page
      .locator('almasar-dialer')
      .first()
      .evaluate(
        (element, [name, given]) =>
          (element as unknown as Record<string, (...all: unknown[]) => void>)[name]!(...given),
        [method, args] as const,
      );
  }

  part(name: string) {
    return this.page.locator('almasar-dialer').first().locator(`[part~="${name}"]`);
  }

  /** Opens the menu's entry of that place: recent calls (0), call-backs, sound, line check, the phone's own window. */
  async openMenu(entry: number): Promise<void> {
    await this.part('menu-button').click();
    await this.page.locator('almasar-dialer').first().locator('button.pane-row').nth(entry).click();
  }

  /** Waits for a state; the message of a failure names the last one. */
  async until(holds: (state: DialerState) => boolean, what: string, ms = 15_000): Promise<DialerState> {
    let state = await this.state();
    for (const end = Date.now() + ms; ; state = await this.state()) {
      if (holds(state)) return state;
      if (Date.now() > end) throw new Error(`${what}: it is ${JSON.stringify(state)}`);
      await this.page.waitForTimeout(40);
    }
  }

  untilPhase(phase: Phase, ms?: number): Promise<DialerState> {
    return this.until((state) => state.phase === phase, `phase ${phase}`, ms);
  }

  untilReady(): Promise<DialerState> {
    return this.until((state) => state.reach === 'ready', 'ready for customers');
  }
}
