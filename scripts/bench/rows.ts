import type { Browser, Page } from 'playwright-core';
import { callRecord } from '../../widget/call-log/testing/call-record.ts';
import { inRounds, median, withFreshPage } from './bench-browser.ts';
import { ROWS } from './pages.ts';
import { table, title, verdict } from './report.ts';

const PAGE_SIZE = 50;

const NAMES = {
  'rows-table': 'a plain table, all rows in the document',
  'rows-log': 'the call log',
} as const;
type Arm = keyof typeof NAMES;

/** The log of an agent with many calls, in the service's place: it is the drawing that is measured. */
async function answerWithRows(page: Page): Promise<void> {
  await page.route('**/api/calls?*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const calls = Array.from({ length: PAGE_SIZE }, (_, index) => callRecord(from + index + 1));
    const next = from + PAGE_SIZE;
    return route.fulfill({ json: { calls, nextCursor: next < ROWS ? String(next) : null } });
  });
}

/** Scrolls to the end again and again, until the log has every row. */
async function loadAll(rows: number): Promise<void> {
  const find = () => document.querySelector('almasar-call-log')?.shadowRoot?.querySelector('.scroller');
  const frame = () => new Promise(requestAnimationFrame);
  while (Number(find()?.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount') ?? 0) <= rows) {
    const scroller = find();
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    await frame();
  }
}

/** Scrolls down fast, as a wheel does, then leaps about, as a dragged bar does; milliseconds of every frame. */
async function framesOfScrolling(): Promise<{ frames: number[]; longTasks: number }> {
  const scroller =
    document.querySelector('almasar-call-log')?.shadowRoot?.querySelector('.scroller') ??
    document.querySelector('.scroller');
  if (!scroller) throw new Error('There is nothing to scroll.');
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  const frame = () => new Promise<number>(requestAnimationFrame);
  scroller.scrollTop = 0;
  for (let settled = 0; settled < 30; settled += 1) await frame();
  observer.observe({ type: 'longtask' });
  const frames: number[] = [];
  let last = await frame();
  for (let step = 0; step < 240; step += 1) {
    // Multiples of the golden section are spread evenly, and the same in every run.
    if (step < 180) scroller.scrollTop += 300;
    else scroller.scrollTop = ((step * 0.618_034) % 1) * scroller.scrollHeight;
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  observer.disconnect();
  return { frames, longTasks };
}

/** How 10,000 rows scroll: the call log beside a table that has them all. */
export async function benchRows(browser: Browser, origin: string, rounds: number): Promise<void> {
  const longTasks: Record<Arm, number[]> = { 'rows-table': [], 'rows-log': [] };
  const longest: Record<Arm, number[]> = { 'rows-table': [], 'rows-log': [] };
  const slow = await inRounds(rounds, Object.keys(NAMES) as Arm[], (arm) =>
    withFreshPage(browser, {}, async ({ page }) => {
      await answerWithRows(page);
      await page.goto(`${origin}/bench/${arm}`, { waitUntil: 'load' });
      if (arm === 'rows-log') await page.evaluate(loadAll, ROWS);
      const scrolled = await page.evaluate(framesOfScrolling);
      longTasks[arm].push(scrolled.longTasks);
      const sorted = scrolled.frames.sort((a, b) => a - b);
      longest[arm].push(sorted.at(-1)!);
      return sorted[Math.floor(sorted.length * 0.95)]!;
    }),
  );
  title(`Scrolling 10,000 rows, 300 px a frame and then by leaps; 240 frames, median of ${rounds}`);
  process.stdout.write('  95 of 100 frames take at most\n');
  table(slow, NAMES);
  process.stdout.write('  the longest frame\n');
  table(longest, NAMES);
  verdict({
    what: 'rows: tasks longer than 50 ms while the log is scrolled',
    value: median(longTasks['rows-log']),
    limit: 0,
    most: 5,
    unit: 'tasks',
  });
}
