/** `npm run size`: what a page pays, in bytes of brotli, against Twilio's own browser file measured in the same run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './run.ts';
import { brotli } from './build/precompressed.ts';

await must(process.execPath, ['scripts/ensure-built.ts']);

const DIST = 'dist';
const BOOT = 'almasar-dialer.js';

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
const sdk = chunks.find((file) => file.startsWith('twilio'));
if (!sdk) throw new Error('dist/chunks has no chunk of the Voice SDK: run npm run build.');

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

const boot = whole(BOOT);
/** Of the two languages the larger one: Arabic. */
const firstSight = whole(chunk('index'), chunk('ar'));
const inCall = whole(...firstSight, chunk('call-drawing'), chunk('calls-ar'));
const firstCall = whole(...boot, ...inCall, chunk('auth-endpoint'), chunk('phone-dialer'), chunk('twilio'));

const baseline = sizeOf('node_modules/@twilio/voice-sdk/dist/twilio.min.js');
const country = sizeOf(join(DIST, 'phone/EG.json'));

/** `most` is what it weighs today where that is more than the budget: it may not grow (CONTRIBUTING, Sizes). */
const rows = [
  { what: 'script tag, at once', bytes: sum(boot), budget: 1100 },
  { what: 'element as first drawn', bytes: sum(firstSight), budget: 13_800, most: 14_000 },
  { what: 'element with all of a call', bytes: sum(inCall), budget: 13_800, most: 22_500 },
  { what: 'bridge for a frame', bytes: sizeOf(join(DIST, 'almasar-bridge.js')), budget: 1024 },
  { what: 'scripts of a first call', bytes: sum(firstCall) + country, budget: 60_600, most: 77_000 },
];

process.stdout.write(`brotli bytes; twilio.min.js alone: ${baseline}\n`);
for (const { what, bytes, budget } of rows) {
  const verdict = bytes <= budget ? 'within' : 'OVER';
  const ratio = (bytes / baseline).toFixed(3);
  process.stdout.write(`${what.padEnd(28)}${String(bytes).padStart(7)}  ${ratio}x  ${verdict} ${budget}\n`);
}
const sounds = readdirSync(join(DIST, 'sounds')).filter((file) => file.endsWith('.wav'));
const soundBytes = sum(sounds.map((file) => `sounds/${file}`));
process.stdout.write(`beside them, the SDK fetches its ${sounds.length} sounds: ${soundBytes} (ours; no budget)\n`);
process.stdout.write('of a first call, each of more than 2 kB:\n');
for (const file of [...firstCall].toSorted((a, b) => sizeOf(join(DIST, b)) - sizeOf(join(DIST, a)))) {
  const bytes = sizeOf(join(DIST, file));
  if (bytes > 2000) process.stdout.write(`  ${file.padEnd(34)}${String(bytes).padStart(7)}\n`);
}
if (rows.some(({ bytes, budget, most = budget }) => bytes > most)) process.exitCode = 1;
