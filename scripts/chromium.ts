import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chrome or Chromium on this machine; `CHROME_PATH` wins. Undefined when there is none. */
function findChromium(): string | undefined {
  const wanted = process.env['CHROME_PATH'];
  return [...(wanted ? [wanted] : []), ...CANDIDATES].find(isExecutable);
}

/** Finds Chromium or installs Debian's. Throws a sentence that says what to do where neither works. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const canInstall = spawnSync('apt-get', ['--version']).status === 0;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (canInstall) {
    process.stderr.write('No Chrome or Chromium found: installing the chromium package.\n');
    const apt = [...sudo, 'apt-get', '-y', '-qq'];
    try {
      execFileSync(apt[0]!, [...apt.slice(1), 'update'], { stdio: 'inherit' });
      execFileSync(apt[0]!, [...apt.slice(1), 'install', 'chromium'], { stdio: 'inherit' });
    } catch {
      // Falls through to the sentence below, which says more than apt's status.
    }
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chrome or Chromium. Install one (Debian: apt-get install chromium) or set CHROME_PATH.',
  );
}

/** Flags under which Chromium runs as root, on a machine without a GPU, and finds no host but this machine. */
export const QUIET_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
