import type { Locator, Page } from 'playwright-core';
import type { CallPage, CallRecord } from '../../service/contract.ts';
import type { DialerState, Phase } from '../../widget/core/state.ts';
import { asAgent } from './as-agent.ts';
import type { AgentBrowser } from './browser.ts';

interface Ear {
  listen(hz: number, ms: number): Promise<{ share: number; rms: number }>;
}

/** The call-center page as an agent works on it. */
export class CallCenterPage {
  readonly page: Page;
  readonly url: string;
  readonly dialer: Locator;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    this.dialer = page.locator('almasar-dialer');
  }

  static async open(browser: AgentBrowser, url: string, query = ''): Promise<CallCenterPage> {
    const page = await browser.context.newPage();
    await page.goto(`${url}/call-center${query}`);
    return new CallCenterPage(page, url);
  }

  /** Clicks the link of the customer whose number ends in these two digits. */
  async call(ending: string): Promise<void> {
    const links = this.page.locator('a[href^="tel:"]');
    const hrefs = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const latin = (text: string) =>
      decodeURIComponent(text).replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
    const at = hrefs.findIndex((href) => latin(href).replace(/\D/g, '').endsWith(ending));
    if (at === -1) throw new Error(`No customer's number ends in ${ending}: ${hrefs.join(' ')}`);
    await links.nth(at).click();
  }

  /** Puts a link to this address into the page, and clicks it. */
  async clickLink(href: string): Promise<void> {
    const link = await this.page.evaluateHandle((href) => {
      const link = Object.assign(document.createElement('a'), { href, textContent: href });
      document.querySelector('main')!.prepend(link);
      return link;
    }, href);
    await link.click();
  }

  async until(phase: Phase, timeout = 15_000): Promise<void> {
    await this.page.locator(`almasar-dialer[phase="${phase}"]`).waitFor({ state: 'attached', timeout });
  }

  state(): Promise<DialerState> {
    return this.dialer.evaluate((element) => (element as unknown as { state: DialerState }).state);
  }

  /** The button with that part, inside the element. */
  part(name: string): Locator {
    return this.dialer.locator(`[part~="${name}"]`);
  }

  async hangUp(): Promise<void> {
    await this.part('hang-up-button').click();
    await this.until('ended');
  }

  /** What the agent hears: how much of it is `hz`, at best, and how loud it gets. */
  listen(hz: number, ms: number): Promise<{ share: number; rms: number }> {
    return this.page.evaluate(([at, time]) => (window as unknown as { hearPage: Ear }).hearPage.listen(at, time), [
      hz,
      ms,
    ] as const);
  }

  /** Waits until the far end is heard, or has been silent for most of a second. */
  async untilHeard(sound: boolean): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) {
      const { rms } = await this.listen(1000, sound ? 200 : 700);
      if (rms > 0.005 === sound) return;
    }
    throw new Error(sound ? 'The far end was not heard.' : 'The far end did not fall silent.');
  }

  /** The row of a call in the page's log. */
  row(callId: string): Locator {
    return this.page.locator(`[data-call-id="${callId}"]`);
  }

  /** Asks the service as the page does, with the agent's own token. */
  asAgent(path: string): Promise<Response> {
    return asAgent(this.url, path);
  }

  async log(): Promise<CallRecord[]> {
    return ((await (await this.asAgent('/api/calls?limit=100')).json()) as CallPage).calls;
  }
}
