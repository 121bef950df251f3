import type { Browser } from 'playwright-core';
import { inRounds, median, withFreshPage } from './bench-browser.ts';
import type { PageName } from './pages.ts';
import { table, title, verdict } from './report.ts';

const SLOWDOWN = 4;
/** After `load`: the idle callbacks have run, and what they loaded as well. */
const SETTLE_MS = 1500;

const NAMES = {
  blank: 'blank page',
  tag: 'script tag alone (nothing idle has run)',
  dialer: 'script tag and element, drawn once the page is idle',
  marked: 'the same where the service is a test (AUTH_MODE dev)',
  lit: 'the least element of Lit alone, in idle time',
  twilio: 'twilio.min.js',
  eager: 'all of the widget in one eager script',
} as const;
type Arm = keyof typeof NAMES;

/** What idle time would load never comes: the script tag's own cost stands alone. */
function neverIdle(): void {
  window.requestIdleCallback = () => 0;
}

function watchLongTasks(): void {
  const tasks: number[] = [];
  Object.assign(window, { longTasks: tasks });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
}

/** The page of an arm; one of ours where it has none of its own name. */
function pageOf(arm: Arm): PageName {
  return arm === 'tag' || arm === 'marked' ? 'dialer' : arm;
}

/** Budget 3: what a page load costs in main-thread script, against twilio.min.js and an eager widget. */
export async function benchScriptTime(browser: Browser, origin: string, rounds: number): Promise<void> {
  const longTasks: Record<string, number[]> = {};
  const values = await inRounds(rounds, Object.keys(NAMES) as Arm[], (arm) =>
    withFreshPage(browser, { slowdown: SLOWDOWN, init: arm === 'tag' ? neverIdle : watchLongTasks }, async (fresh) => {
      // The bench's service is a test, and marked as one; a real one never loads the mark.
      if (arm === 'dialer') await fresh.page.route('**/chunks/test-ribbon-*', (route) => route.abort());
      await fresh.page.goto(`${origin}/bench/${pageOf(arm)}`, { waitUntil: 'load' });
      await fresh.page.waitForTimeout(SETTLE_MS);
      const seconds = await fresh.scriptSeconds();
      const tasks = await fresh.page.evaluate(() => (window as unknown as { longTasks?: number[] }).longTasks ?? []);
      (longTasks[arm] ??= []).push(tasks.length);
      return seconds * 1000;
    }),
  );
  const blank = median(values.blank);
  const own = Object.fromEntries(
    Object.entries(values)
      .filter(([arm]) => arm !== 'blank')
      .map(([arm, each]) => [arm, each.map((value) => value - blank)]),
  ) as Record<Exclude<Arm, 'blank'>, number[]>;

  title(
    `Script time of a page load, CPU slowed down ${SLOWDOWN} times, blank page (${blank.toFixed(1)} ms) taken off; median of ${rounds}`,
  );
  table(own, NAMES);
  const twilio = median(own.twilio);
  verdict({
    what: 'budget 3: script tag / twilio.min.js',
    value: median(own.tag) / twilio,
    limit: 0.1,
    most: 0.2,
    unit: 'x',
  });
  const count = (arm: Arm) => median(longTasks[arm] ?? [0]);
  verdict({
    what: 'budget 3: and the element, in idle time / twilio.min.js',
    value: median(own.dialer) / twilio,
    limit: 0.1,
    most: 1.5,
    unit: 'x',
  });
  verdict({
    what: 'budget 3: long tasks of the idle element',
    value: count('dialer'),
    limit: 0,
    most: 1.5,
    unit: 'tasks',
  });
  process.stdout.write(`  of that, the least element of Lit alone takes ${(median(own.lit) / twilio).toFixed(4)} x\n`);
  process.stdout.write(
    `  tasks longer than 50 ms (median): blank ${count('blank')}, Lit alone ${count('lit')}, twilio.min.js ${count('twilio')}, eager ${count('eager')}\n`,
  );
}
