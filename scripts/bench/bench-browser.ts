import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from '../chromium.ts';

/** Chromium with a fake microphone that it may use; every page gets a context of its own, with nothing cached. */
export function launchBenchBrowser(keyHash: string): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: [
      ...QUIET_FLAGS,
      // Trusted from the start: a certificate that is refused and then forgiven costs a second connection.
      `--ignore-certificate-errors-spki-list=${keyHash}`,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

export interface FreshPage {
  page: Page;
  /** Seconds of script so far, by Chromium's own count. */
  scriptSeconds(): Promise<number>;
}

/** Runs in a page of a fresh context, slowed down by `slowdown`. */
export async function withFreshPage<Result>(
  browser: Browser,
  { slowdown = 1, init }: { slowdown?: number; init?: () => void },
  run: (fresh: FreshPage) => Promise<Result>,
): Promise<Result> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'ar-EG',
  });
  try {
    if (init) await context.addInitScript(init);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    if (slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    return await run({
      page,
      async scriptSeconds() {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
      },
    });
  } finally {
    await context.close();
  }
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Each arm once a round, so that a slow minute of the machine slows them all. The values of every
 * arm, by its name; a measurement that failed is named on stderr and left out. */
export async function inRounds<Arm extends string>(
  rounds: number,
  arms: readonly Arm[],
  measure: (arm: Arm) => Promise<number>,
): Promise<Record<Arm, number[]>> {
  const values = Object.fromEntries(arms.map((arm) => [arm, [] as number[]])) as Record<Arm, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const arm of arms) {
      try {
        values[arm].push(await measure(arm));
      } catch (error) {
        process.stderr.write(`  not measured: ${arm}, round ${round + 1}: ${String(error).split('\n', 1)[0]}\n`);
      }
    }
  }
  return values;
}
