/** Builds dist/ when it is missing or older than a source: `npm run demo` and `npm test` set themselves up with it. */
import { existsSync, globSync, statSync } from 'node:fs';
import { must } from './run.ts';

const SOURCES = [
  'widget/**/*.ts',
  'service/**/*.ts',
  'demo/call-center/*.ts',
  'demo/examples/**/*.{ts,tsx}',
  'scripts/build/*.ts',
  'scripts/build.ts',
];
const OTHERS = ['rollup.config.mjs', 'package.json', 'package-lock.json'];
/** The build's last product: there only when every step before it succeeded. */
const LAST = 'dist/vscode.html-custom-data.json';

const sources = [...globSync(SOURCES).filter((path) => !path.endsWith('.test.ts')), ...OTHERS];
const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs));

if (!existsSync(LAST) || statSync(LAST).mtimeMs < newest) {
  process.stderr.write('Building the widget and the service (about ten seconds)…\n');
  await must(process.execPath, ['scripts/build.ts']);
}
