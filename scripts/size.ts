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

const boot = imports(BOOT, false);
const all = imports(BOOT, true);
/** A page shows one language; the other one's chunk stays on the server. */
const otherLanguage = [...all].find((file) => /chunks\/en-/.test(file));
/** A page with a dialer only loads none of the call log. */
const callLog = (file: string) => /chunks\/(define|call-log-\w+)-/.test(file);
const firstCall = new Set([...all].filter((file) => file !== otherLanguage && !callLog(file)));
const index = [...all].find((file) => /chunks\/index-/.test(file));
/** Of the two languages the larger one: Arabic. */
const locale = [...all].find((file) => /chunks\/ar-/.test(file));
if (!index || !locale) throw new Error('dist/chunks has no element or no Arabic: run npm run build.');
const element = imports(index, false).add(locale);

const baseline = sizeOf('node_modules/@twilio/voice-sdk/dist/twilio.min.js');
const country = sizeOf(join(DIST, 'phone/EG.json'));

const rows = [
  { what: 'script tag, at once', bytes: sum(boot), budget: 1100 },
  { what: 'element with its whole UI', bytes: sum(element), budget: 13_800 },
  { what: 'bridge for a frame', bytes: sizeOf(join(DIST, 'almasar-bridge.js')), budget: 1024 },
  { what: 'scripts of a first call', bytes: sum(firstCall) + country, budget: 60_600 },
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
if (rows.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1;
