/**
 * `npm run shots`: pictures of every state of the dialer (shots/states.ts) in every look (shots/looks.ts) into
 * dist/shots, with index.html as the contact sheet. With words, only states whose name has one of them: `npm run
 * shots -- pill ended`. The element is drawn in Chromium on a scripted dialer; nothing is fetched from anywhere.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from './chromium.ts';
import { contactSheet } from './shots/contact-sheet.ts';
import { LOOKS, type Look } from './shots/looks.ts';
import { SHOTS, type Shot } from './shots/states.ts';

const FOLDER = 'dist/shots';

interface Stage {
  show(shot: Shot, language: Look['language']): Promise<void>;
}

async function stageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['scripts/shots/stage.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
  });
  return outputFiles[0]!.text;
}

/** A time that stands still: the same call is as long in every picture. */
const NOW = Date.now();

async function openStage(page: Page, script: string): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await page.setContent('<!doctype html><title>Stage</title><body style="background: light-dark(#e9ecef, #0b0f12)">');
  await page.addStyleTag({ content: ':root { color-scheme: light dark; }' });
  await page.addScriptTag({ content: script });
}

const words = process.argv.slice(2);
const wanted = SHOTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
rmSync(FOLDER, { recursive: true, force: true });
const rows = wanted.map(({ name, forced = false }) => ({
  name,
  looks: LOOKS.filter((look) => !look.forced || forced),
}));

const browser = await chromium.launch({ executablePath: ensureChromium(), headless: true, args: QUIET_FLAGS });
const failures: string[] = [];
let taken = 0;
try {
  const script = await stageScript();
  for (const look of LOOKS) {
    const { width, height, scheme, forced } = look;
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
    page.on('pageerror', (error) => failures.push(`${look.name}: ${error.message}`));
    await page.emulateMedia({
      colorScheme: scheme,
      reducedMotion: 'reduce',
      forcedColors: forced ? 'active' : 'none',
    });
    await openStage(page, script);
    for (const shot of wanted) {
      if (forced && !shot.forced) continue;
      try {
        await page.evaluate(([shot, language]) => (window as unknown as Stage).show(shot, language), [
          shot,
          look.language,
        ] as const);
      } catch (error) {
        failures.push(`${shot.name} in ${look.name}: ${String(error).split('\n', 1)[0]}`);
      }
      mkdirSync(`${FOLDER}/${shot.name}`, { recursive: true });
      await page.screenshot({ path: `${FOLDER}/${shot.name}/${look.name}.png`, animations: 'disabled' });
      taken += 1;
    }
    await page.close();
  }
} finally {
  await browser.close();
}
writeFileSync(`${FOLDER}/index.html`, contactSheet(rows, LOOKS));
process.stdout.write(`${taken} pictures of ${wanted.length} states: ${FOLDER}/index.html\n`);
for (const failure of failures) process.stderr.write(`not as it should be: ${failure}\n`);
if (failures.length > 0) process.exitCode = 1;
