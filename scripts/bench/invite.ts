import type { Browser, Page } from 'playwright-core';
import type { BenchServer } from './bench-server.ts';
import { inRounds, median, withFreshPage } from './bench-browser.ts';
import { delayedPort } from './delayed-port.ts';
import type { PageName } from './pages.ts';
import { table, title, verdict } from './report.ts';

interface Arm {
  page: PageName;
  name: string;
  /** What has happened in the page before the click. */
  ready(page: Page): Promise<unknown>;
}

/** Something that happened on the line, in milliseconds after the click. */
interface Step {
  what: string;
  from: number;
  to: number;
}

interface Noted {
  clicked?: number;
  invited?: number;
  /** When the SDK, or ours, first asked the browser for it, in the page's own time. */
  reached?: Record<string, number>;
  sent?: { type: string; at: number }[];
  registered?: boolean;
  ready?: boolean;
}

const INVITE_MS = 20_000;

const ARMS = {
  prewarmed: {
    page: 'call-dialer',
    name: 'dialer, prewarmed: prepare() done',
    async ready(page) {
      await page.evaluate(async () => {
        await customElements.whenDefined('almasar-dialer');
        document.querySelector('almasar-dialer')!.prepare();
      });
      await page.waitForFunction(() => (window as Noted).registered);
      await page.waitForLoadState('networkidle').catch(() => {});
    },
  },
  registered: {
    page: 'call-registered',
    name: 'bare SDK, registered: device.connect() at the click',
    ready: (page) => page.waitForFunction(() => (window as Noted).ready),
  },
  quickstart: {
    page: 'call-quickstart',
    name: 'bare SDK, quickstart’s shape: Device made, not registered',
    ready: (page) => page.waitForFunction(() => (window as Noted).ready),
  },
  cold: {
    page: 'call-dialer',
    name: 'dialer, wholly cold: the script tag and nothing else',
    ready: () => Promise.resolve(),
  },
  serial: {
    page: 'call-serial',
    name: 'bare SDK, cold: script, then token, then Device',
    ready: () => Promise.resolve(),
  },
  serialTwo: {
    page: 'call-serial-two',
    name: 'the same with our two tokens: the CRM’s, then the service’s',
    ready: () => Promise.resolve(),
  },
} satisfies Record<string, Arm>;
type ArmName = keyof typeof ARMS;

/** What a call asks of the browser on its way, in order; each is the end of the step before. */
const WAY = ['microphone asked', 'microphone open', 'connection made', 'offer asked', 'offer set'] as const;

/**
 * Notes when the click arrives in the page, what is asked of the browser after it, and when the SDK hands its INVITE to
 * the socket.
 */
function noteInvite(): void {
  const noted = window as Noted;
  const reached: Record<string, number> = (noted.reached = {});
  const reach = (what: string) => {
    if (noted.clicked !== undefined && noted.invited === undefined) reached[what] ??= performance.now();
  };
  function noteCall<Target extends object>(
    target: Target,
    name: keyof Target & string,
    before: string,
    after?: string,
  ) {
    const was = Reflect.get(target, name) as (...args: unknown[]) => unknown;
    Reflect.set(target, name, async function (this: unknown, ...args: unknown[]) {
      reach(before);
      const result = await Reflect.apply(was, this, args);
      if (after) reach(after);
      return result;
    });
  }
  noteCall(MediaDevices.prototype, 'getUserMedia', 'microphone asked', 'microphone open');
  noteCall(RTCPeerConnection.prototype, 'createOffer', 'offer asked');
  noteCall(RTCPeerConnection.prototype, 'setLocalDescription', 'offer set');
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args, self: typeof RTCPeerConnection) {
      reach('connection made');
      return Reflect.construct(target, args, self);
    },
  });
  window.addEventListener('click', () => (noted.clicked ??= performance.now()), { capture: true });
  const send = Reflect.get(WebSocket.prototype, 'send') as (data: unknown) => void;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string') {
      const [, type = ''] = /"type":"(\w+)"/.exec(data) ?? [];
      (noted.sent ??= []).push({ type, at: performance.now() });
      if (type === 'invite') noted.invited ??= performance.now();
      if (type === 'register') noted.registered = true;
    }
    return Reflect.apply(send, this, [data]);
  };
}

/** And nothing that idle time would load is there yet. */
function noteColdInvite(): void {
  window.requestIdleCallback = () => 0;
}

/** Which requests and frames lay between the click and the INVITE. */
function chain(): Step[] {
  const { clicked = 0, invited = 0, sent = [] } = window as Noted;
  const requests = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return [
    ...requests.map(({ name, startTime, responseEnd }) => ({
      what: new URL(name).pathname,
      from: startTime - clicked,
      to: responseEnd - clicked,
    })),
    ...sent.map(({ type, at }) => ({ what: `→ ${type}`, from: at - clicked, to: at - clicked })),
  ]
    .filter(
      ({ what, from, to }) =>
        to >= 0 && what !== '/favicon.ico' && from <= invited - clicked && !what.startsWith('/sounds/'),
    )
    .toSorted((one, other) => one.from - other.from);
}

/** Milliseconds after the click at which each of `WAY` was reached, of every call that was made ready for. */
const ways: Partial<Record<'prewarmed' | 'registered', Record<string, number>[]>> = {};

function way(): Record<string, number> {
  const { clicked = 0, reached = {} } = window as Noted;
  return Object.fromEntries(Object.entries(reached).map(([what, at]) => [what, at - clicked]));
}

/** Medians of what was reached when, side by side: where ours lies between the click and the SDK, and what is the SDK's. */
function printWays(): void {
  const { prewarmed = [], registered = [] } = ways;
  const at = (each: Record<string, number>[], what: string) =>
    median(each.flatMap((one) => one[what] ?? []))
      .toFixed(1)
      .padStart(8);
  process.stdout.write('  the way to the INVITE, in ms after the click:                dialer    bare\n');
  for (const what of WAY) {
    process.stdout.write(`    ${what.padEnd(54)}${at(prewarmed, what)}${at(registered, what)}\n`);
  }
}

/** Of the last wholly cold call. */
let coldChain: Step[] = [];

/** A hand that comes to rest on a target does not press it at once, nor lets go of it in the same moment. */
const REST_MS = 150;
const PRESS_MS = 80;

async function clickAsAPersonDoes(page: Page): Promise<void> {
  await page.hover('#call');
  await page.waitForTimeout(REST_MS);
  await page.click('#call', { delay: PRESS_MS });
}

async function clickToInvite(browser: Browser, origin: string, signalPort: number, arm: Arm): Promise<number> {
  return withFreshPage(browser, { init: noteInvite }, async ({ page }) => {
    if (arm === ARMS.cold) await page.addInitScript(noteColdInvite);
    await page.goto(`${origin}/bench/${arm.page}?signal=${signalPort}`, { waitUntil: 'load' });
    await arm.ready(page);
    await clickAsAPersonDoes(page);
    await page.waitForFunction(() => (window as Noted).invited, undefined, { timeout: INVITE_MS });
    if (arm === ARMS.cold) coldChain = await page.evaluate(chain);
    const made = arm === ARMS.prewarmed ? 'prewarmed' : arm === ARMS.registered ? 'registered' : undefined;
    if (made) (ways[made] ??= []).push(await page.evaluate(way));
    return page.evaluate(() => (window as Noted).invited! - (window as Noted).clicked!);
  });
}

/** Budgets 5 and 6: from the click to the INVITE on the wire, at one round-trip time. */
export async function benchInvite(
  browser: Browser,
  server: BenchServer,
  { roundTripMs, rounds }: { roundTripMs: number; rounds: number },
): Promise<void> {
  const [http, signal] = await Promise.all([
    delayedPort(server.port, roundTripMs),
    delayedPort(server.signalPort, roundTripMs),
  ]);
  const origin = `https://127.0.0.1:${http.port}`;
  try {
    const values = await inRounds(rounds, Object.keys(ARMS) as ArmName[], (arm) =>
      clickToInvite(browser, origin, signal.port, ARMS[arm]),
    );
    title(`Click → INVITE on the wire, ${roundTripMs} ms round trip; median of ${rounds}`);
    table(values, Object.fromEntries(Object.entries(ARMS).map(([arm, { name }]) => [arm, name])));
    const at = (arm: ArmName) => median(values[arm]);
    verdict({
      what: `budget 5: prewarmed, ${roundTripMs} ms away`,
      value: at('prewarmed'),
      limit: 50,
      most: 100,
      unit: 'ms',
    });
    verdict({
      what: `budget 5: the same, over the bare device.connect()`,
      value: at('prewarmed') - at('registered'),
      limit: 15,
      most: 50,
      unit: 'ms',
    });
    printWays();
    process.stdout.write('  the last wholly cold call of the dialer, in ms after the click:\n');
    for (const { what, from, to } of coldChain) {
      process.stdout.write(`    ${from.toFixed(0).padStart(5)} to ${to.toFixed(0).padStart(5)}  ${what}\n`);
    }
    if (roundTripMs === 100) {
      verdict({
        what: 'budget 5: prewarmed / quickstart’s shape',
        value: at('prewarmed') / at('quickstart'),
        limit: 1 / 8,
        most: 1 / 5,
        unit: 'x',
      });
      verdict({
        what: 'budget 6: cold / the serial chain',
        value: at('cold') / at('serial'),
        limit: 0.85,
        most: 1.1,
        unit: 'x',
      });
      // A round trip more than the quickstart's is in our chain by design: its /token asks nobody who they are.
      process.stdout.write(
        `  cold / the serial chain with our two tokens: ${(at('cold') / at('serialTwo')).toFixed(3)} x\n`,
      );
    } else {
      process.stdout.write(
        `  cold / the serial chain: ${(at('cold') / at('serial')).toFixed(3)} x; prewarmed / quickstart’s shape: ${(at('prewarmed') / at('quickstart')).toFixed(3)} x (budgets are set at 100 ms)\n`,
      );
    }
  } finally {
    http.close();
    signal.close();
  }
}
