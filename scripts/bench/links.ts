import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { inRounds, median, withFreshPage } from './bench-browser.ts';
import { table, title, verdict } from './report.ts';

const SLOWDOWN = 4;

const NAMES = {
  'links-alone': 'the links alone',
  'links-dialer': 'with the dialer',
  'links-decorated': 'with a script that decorates each link',
} as const;
type Arm = keyof typeof NAMES;

/** The script as built, between two marks: what of it runs at once, and nothing of its loading. */
function markedScript(): string {
  const script = readFileSync('dist/almasar-dialer.js', 'utf8');
  // The first mark of a page costs as much as the script.
  return `performance.mark('first');performance.mark('load-start');${script}\nperformance.mark('load-end');`;
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
  const marked = markedScript();
  const arms = Object.keys(NAMES) as Arm[];
  const added = Object.fromEntries(arms.map((arm) => [arm, [] as number[]])) as Record<Arm, number[]>;
  const atLoad = await inRounds(rounds, arms, (arm) =>
    withFreshPage(browser, { slowdown: SLOWDOWN }, async ({ page }) => {
      await page.route('**/almasar-dialer.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: marked }),
      );
      await page.goto(`${origin}/bench/${arm}`, { waitUntil: 'load' });
      if (arm === 'links-dialer') {
        await page.evaluate(() => customElements.whenDefined('almasar-dialer'));
        await page.waitForTimeout(500);
      }
      const ms = await page.evaluate(() => {
        if (performance.getEntriesByName('load-end').length === 0) return 0;
        return performance.measure('load', 'load-start', 'load-end').duration;
      });
      // The first addition compiles what the second one runs.
      await page.evaluate(addThousand);
      added[arm].push(await page.evaluate(addThousand));
      return ms;
    }),
  );

  title(`10,000 tel: links, CPU slowed down ${SLOWDOWN} times; median of ${rounds}`);
  process.stdout.write('  script at load\n');
  table(atLoad, NAMES);
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
