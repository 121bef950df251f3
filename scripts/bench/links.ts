import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { inRounds, median, withFreshPage } from './bench-browser.ts';
import { table, title, verdict } from './report.ts';

const SLOWDOWN = 4;

const NAMES = {
  'links-alone': 'the links alone',
  'links-floor': 'with a script of one listener and one timer',
  'links-dialer': 'with the dialer',
  'links-decorated': 'with a script that decorates each link',
} as const;
type Arm = keyof typeof NAMES;

/** A script between two marks: what of it runs at once, and nothing of its loading. */
function marked(script: string): string {
  // The first mark of a page costs as much as the script.
  return `performance.mark('first');performance.mark('load-start');${script}\nperformance.mark('load-end');`;
}

/** The least that a script which takes clicks and loads something later asks of the browser. */
const FLOOR = `document.addEventListener('click', () => {}); setTimeout(() => {});`;

/** What the script leaves for a task of its own counts as well, if not at load: the first timer of the page. */
function noteFirstTimer(): void {
  const real = window.setTimeout.bind(window);
  const noted = (work: () => void, ms?: number) =>
    real(() => {
      performance.mark('timer-start');
      work();
      performance.mark('timer-end');
    }, ms);
  Object.assign(window, { setTimeout: noted });
}

/** Milliseconds between the first marks of `load` or `timer`; 0 where there are none. */
function between(name: string): number {
  const [from] = performance.getEntriesByName(`${name}-start`);
  const [to] = performance.getEntriesByName(`${name}-end`);
  return from && to ? to.startTime - from.startTime : 0;
}

/** Adds 1,000 links at once; milliseconds until every observer of the page has had its say. Layout is not in it. */
async function addThousand(): Promise<number> {
  const rows = document.createElement('div');
  for (let index = 0; index < 1000; index += 1) {
    const link = document.createElement('a');
    link.href = `tel:+2011${10_000_000 + index}`;
    link.textContent = String(index);
    rows.append(link);
  }
  const before = performance.now();
  document.body.append(rows);
  // Observers of the addition have their microtask before this one.
  await Promise.resolve();
  return performance.now() - before;
}

/** Budget 4: what 10,000 `tel:` links cost. */
export async function benchLinks(browser: Browser, origin: string, rounds: number): Promise<void> {
  const scripts: Partial<Record<Arm, string>> = {
    'links-dialer': marked(readFileSync('dist/almasar-dialer.js', 'utf8')),
    'links-floor': marked(FLOOR),
  };
  const arms = Object.keys(NAMES) as Arm[];
  const perArm = () => Object.fromEntries(arms.map((arm) => [arm, [] as number[]])) as Record<Arm, number[]>;
  const added = perArm();
  const afterwards = perArm();
  const atLoad = await inRounds(rounds, arms, (arm) =>
    withFreshPage(browser, { slowdown: SLOWDOWN, init: noteFirstTimer }, async ({ page }) => {
      await page.route('**/almasar-dialer.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: scripts[arm] ?? '' }),
      );
      await page.goto(`${origin}/bench/${arm === 'links-floor' ? 'links-dialer' : arm}`, { waitUntil: 'load' });
      if (arm === 'links-dialer') await page.evaluate(() => customElements.whenDefined('almasar-dialer'));
      if (scripts[arm]) await page.waitForTimeout(500);
      const ms = await page.evaluate(between, 'load');
      afterwards[arm].push(await page.evaluate(between, 'timer'));
      // The first addition compiles what the second one runs.
      await page.evaluate(addThousand);
      added[arm].push(await page.evaluate(addThousand));
      return ms;
    }),
  );

  title(`10,000 tel: links, CPU slowed down ${SLOWDOWN} times; median of ${rounds}`);
  process.stdout.write('  script at load\n');
  table(atLoad, NAMES);
  const [task, floor] = [afterwards['links-dialer'], atLoad['links-floor']].map(median);
  process.stdout.write(
    `  of that, ${floor!.toFixed(1)} ms is what one listener and one timer take of this browser; ` +
      `the dialer's first task after the load: ${task!.toFixed(1)} ms\n`,
  );
  process.stdout.write('  1,000 links added (observers included)\n');
  table(added, NAMES);
  const load = median(atLoad['links-dialer']);
  const decorated = median(atLoad['links-decorated']);
  const alone = median(added['links-alone']);
  verdict({ what: 'budget 4: script at load', value: load, limit: 1, most: 10, unit: 'ms' });
  verdict({
    what: 'budget 4: script at load / decorating',
    value: load / decorated,
    limit: 1 / 400,
    most: 1 / 50,
    unit: 'x',
  });
  // “Nothing measurable” is: no more than the links alone move from one round to the next.
  const noise = Math.max(...added['links-alone']) - Math.min(...added['links-alone']);
  verdict({
    what: 'budget 4: per 1,000 added, over the links alone (noise)',
    value: median(added['links-dialer']) - alone,
    limit: Math.max(1, noise),
    unit: 'ms',
  });
  const decorating = median(added['links-decorated']) - alone;
  process.stdout.write(`  the same, decorating (for comparison): ${decorating.toFixed(1)} ms\n`);
}
