/**
 * `npm run shots`: pictures of every state of the dialer (shots/states.ts) and of the call log (shots/log-states.ts) in
 * every look (shots/looks.ts) into dist/shots, with index.html as the contact sheet. With words, only states whose name
 * has one of them: `npm run shots -- pill ended`. The elements are drawn in Chromium on a scripted dialer and a scripted
 * service; nothing is fetched from anywhere.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from './chromium.ts';
import { must } from './run.ts';
import { contactSheet, type Sheet } from './shots/contact-sheet.ts';
import { LOG_SHOTS } from './shots/log-states.ts';
import { LOG_LOOKS, LOOKS, type Look } from './shots/looks.ts';
import { SHOTS } from './shots/states.ts';

const FOLDER = 'dist/shots';
/** Where the script is said to have come from: it asks there for the rules of a country's numbers. */
const SERVICE = 'https://service.example';

/** What both elements' states have. */
interface AnyShot {
  readonly name: string;
  /** Also photographed in forced colours. */
  readonly forced?: boolean;
}

interface Gallery {
  readonly shots: readonly AnyShot[];
  readonly looks: readonly Look[];
  /** The script that draws them, and its function. */
  readonly stage: string;
  readonly show: string;
}

const GALLERIES: readonly Gallery[] = [
  { shots: SHOTS, looks: LOOKS, stage: 'scripts/shots/stage.ts', show: 'show' },
  { shots: LOG_SHOTS, looks: LOG_LOOKS, stage: 'scripts/shots/log-stage.ts', show: 'showLog' },
];

const failures: string[] = [];
let taken = 0;

async function stageScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    define: { 'import.meta.url': JSON.stringify(`${SERVICE}/chunks/stage.js`) },
  });
  return outputFiles[0]!.text;
}

/** A time that stands still: the same call is as long in every picture. */
const NOW = Date.now();

async function openStage(page: Page, script: string): Promise<void> {
  const headers = { 'access-control-allow-origin': '*' };
  await page.route(`${SERVICE}/phone/*`, (route) =>
    route.fulfill({ path: `dist${new URL(route.request().url()).pathname}`, headers }),
  );
  await page.clock.setFixedTime(NOW);
  await page.setContent('<!doctype html><title>Stage</title><body style="background: light-dark(#e9ecef, #0b0f12)">');
  await page.addStyleTag({ content: ':root { color-scheme: light dark; }' });
  await page.addScriptTag({ content: script });
}

async function photograph(browser: Browser, { shots, looks, stage, show }: Gallery): Promise<void> {
  const script = await stageScript(stage);
  for (const look of looks) {
    const { width, height, scheme, forced } = look;
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
    page.on('pageerror', (error) => failures.push(`${look.name}: ${error.message}`));
    await page.emulateMedia({
      colorScheme: scheme,
      reducedMotion: 'reduce',
      forcedColors: forced ? 'active' : 'none',
    });
    await openStage(page, script);
    for (const shot of shots) {
      if (forced && !shot.forced) continue;
      try {
        await page.evaluate(
          ([name, of, language]) =>
            (window as unknown as Record<string, (...of: unknown[]) => unknown>)[name]!(of, language),
          [show, shot, look.language] as const,
        );
      } catch (error) {
        failures.push(`${shot.name} in ${look.name}: ${String(error).split('\n', 1)[0]}`);
      }
      mkdirSync(`${FOLDER}/${shot.name}`, { recursive: true });
      await page.screenshot({ path: `${FOLDER}/${shot.name}/${look.name}.png`, animations: 'disabled' });
      taken += 1;
    }
    await page.close();
  }
}

await must(process.execPath, ['scripts/ensure-built.ts']);
const words = process.argv.slice(2);
const isWanted = ({ name }: AnyShot) => words.length === 0 || words.some((word) => name.includes(word));
const wanted = GALLERIES.map((gallery) => ({ ...gallery, shots: gallery.shots.filter(isWanted) })).filter(
  ({ shots }) => shots.length > 0,
);
rmSync(FOLDER, { recursive: true, force: true });
const browser = await chromium.launch({ executablePath: ensureChromium(), headless: true, args: QUIET_FLAGS });
try {
  for (const gallery of wanted) await photograph(browser, gallery);
} finally {
  await browser.close();
}
mkdirSync(FOLDER, { recursive: true });
const sheets: Sheet[] = wanted.map(({ shots, looks }) => ({
  columns: looks,
  rows: shots.map(({ name, forced = false }) => ({ name, looks: looks.filter((look) => !look.forced || forced) })),
}));
writeFileSync(`${FOLDER}/index.html`, contactSheet(sheets));
const states = wanted.reduce((sum, { shots }) => sum + shots.length, 0);
process.stdout.write(`${taken} pictures of ${states} states: ${FOLDER}/index.html\n`);
for (const failure of failures) process.stderr.write(`not as it should be: ${failure}\n`);
if (failures.length > 0) process.exitCode = 1;
