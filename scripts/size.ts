/**
 * `npm run size`: what a page pays, in bytes of brotli, against Twilio's own browser file measured in the same run. Below
 * budget 2 stand its parts, and what comes only after a call has set out. `-- --modules`: also what is in each chunk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { brotli } from './build/precompressed.ts';
import { bundledChunks } from './bundle-modules.ts';
import { must } from './run.ts';

await must(process.execPath, ['scripts/ensure-built.ts']);

const DIST = 'dist';
const BOOT = 'almasar-dialer.js';
/** Budget 2: 1.10 times twilio.min.js alone. */
const FIRST_CALL = 60_600;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sizeOf(path: string): number {
  return brotli(readFileSync(path)).length;
}

/** The chunks that a script imports, with theirs: at once (`import … from`), or when it is asked to (`import(…)`). */
function imports(file: string, dynamic: boolean, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(DIST, file), 'utf8');
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const at = /(?:from|import)\s*["'](\.[^"']+\.js)["']/g;
  const later = /import\(\s*["'`](\.[^"'`]+\.js)["'`]\s*\)/g;
  for (const [, path] of [...code.matchAll(at), ...(dynamic ? code.matchAll(later) : [])]) {
    imports(join(folder, path!), dynamic, seen);
  }
  return seen;
}

function sum(files: Iterable<string>): number {
  return [...files].reduce((total, file) => total + sizeOf(join(DIST, file)), 0);
}

const chunks = readdirSync(join(DIST, 'chunks')).filter((file) => file.endsWith('.js'));

/** A chunk by the name of its module. */
function chunk(name: string): string {
  const file = chunks.find((each) => new RegExp(`^${name}-[a-z0-9]+\\.js$`).test(each));
  if (!file) throw new Error(`dist/chunks has no chunk “${name}”: run npm run build.`);
  return join('chunks', file);
}

/** A script with all that it imports at once. */
function whole(...files: string[]): Set<string> {
  return new Set(files.flatMap((file) => [...imports(file, false)]));
}

function without(files: Set<string>, ...others: Set<string>[]): Set<string> {
  return new Set([...files].filter((file) => !others.some((other) => other.has(file))));
}

const boot = whole(BOOT);
/** Of the two languages the larger one: Arabic. */
const firstSight = whole(chunk('index'), chunk('ar'));
/** What a call that sets out is drawn in. The rest of a call's views comes in idle time, or when it is needed. */
const setsOut = whole(...firstSight, chunk('talk-drawing'), chunk('talk'));
const inCall = whole(...setsOut, chunk('call-drawing'), chunk('calls-ar'));
const voiceSdk = whole(chunk('twilio'));
const firstCall = whole(...boot, ...setsOut, chunk('phone-dialer'), ...voiceSdk);

const baseline = sizeOf('node_modules/@twilio/voice-sdk/dist/twilio.min.js');
const country = sizeOf(join(DIST, 'phone/EG.json'));

/** `most` is what it weighs today where that is more than the budget: it may not grow (CONTRIBUTING, Sizes), but for the
 * twenty bytes or so by which the hashes in chunks' names compress better or worse from build to build.
 */
const rows = [
  { what: 'script tag, at once', bytes: sum(boot), budget: 1102, most: 1106 },
  { what: 'element as first drawn', bytes: sum(firstSight), budget: 13_800 },
  { what: 'element with all of a call', bytes: sum(inCall), budget: 13_800, most: 23_980 },
  { what: 'bridge for a frame', bytes: sizeOf(join(DIST, 'almasar-bridge.js')), budget: 1024 },
  { what: 'scripts until a first call stands', bytes: sum(firstCall) + country, budget: FIRST_CALL, most: 70_230 },
];

print(`brotli bytes; twilio.min.js alone: ${baseline}`);
for (const { what, bytes, budget } of rows) {
  const verdict = bytes <= budget ? 'within' : 'OVER';
  const ratio = (bytes / baseline).toFixed(3);
  print(`${what.padEnd(36)}${String(bytes).padStart(7)}  ${ratio}x  ${verdict} ${budget}`);
}

/** Lit as a page without us would bundle it. */
async function litAlone(): Promise<number> {
  const contents = `export { LitElement, html, nothing } from 'lit';`;
  const stdin = { contents, resolveDir: process.cwd() };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
  });
  return brotli(outputFiles[0]!.contents).length;
}

/** What a first call consists of; nothing is counted twice. */
const parts = [
  { what: 'Voice SDK, as it is published', files: voiceSdk },
  { what: 'script tag', files: boot },
  { what: 'element as first drawn', files: firstSight },
  { what: 'a call under way', files: without(setsOut, firstSight) },
  { what: 'phone and service', files: without(firstCall, setsOut, voiceSdk, boot) },
];
const lit = await litAlone();
print(`of a first call, within ${FIRST_CALL}:`);
for (const { what, files } of parts) {
  const names = [...files].map((file) => file.replace('chunks/', '')).join(' ');
  print(`  ${what.padEnd(32)}${String(sum(files)).padStart(6)}  ${names}`);
}
print(`  ${'rules of one country’s numbers'.padEnd(32)}${String(country).padStart(6)}  phone/EG.json`);
const given = sum(voiceSdk) + lit + country;
const rest = sum(firstCall) + country - given;
const afterwards = without(inCall, setsOut);
print(
  `  once the page is idle or a call needs it, and not counted: its end, trouble, customers who call: ${sum(afterwards)}`,
);
print(
  `  given: the SDK, Lit (${lit} alone) and the rules, ${given}; they leave ${FIRST_CALL - given} for ours, which is ${rest}`,
);

const sounds = readdirSync(join(DIST, 'sounds')).filter((file) => file.endsWith('.wav'));
const soundBytes = sum(sounds.map((file) => `sounds/${file}`));
print(`beside them, the SDK fetches its ${sounds.length} sounds: ${soundBytes} (ours; no budget)`);

if (process.argv.includes('--modules')) {
  for (const { fileName, modules } of await bundledChunks()) {
    print(`${fileName}  ${sizeOf(join(DIST, fileName))}; by module, what it would lose without:`);
    for (const { path, share } of modules) print(`${String(share).padStart(9)}  ${path}`);
  }
}
if (rows.some(({ bytes, budget, most = budget }) => bytes > most)) process.exitCode = 1;
