import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from '../../scripts/chromium.ts';
import { writeMicrophoneFile } from './microphone.ts';

export interface AgentBrowser {
  context: BrowserContext;
  /** Addresses outside this machine that a page tried to reach. Must stay empty. */
  strayRequests: string[];
  /** Errors that pages threw or logged. */
  pageErrors: string[];
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** `silent` is there and gives nothing; `refused` is asked for and denied. */
  microphone?: 'granted' | 'silent' | 'refused';
  /** A page may sound once it was touched, as browsers have it; otherwise always. */
  soundsAfterGesture?: boolean;
  /** Pages that are left are kept as they are, for the way back. */
  backForwardCache?: boolean;
  /** Scripts put into every page before its own. */
  scripts?: readonly string[];
}

const OURS = /^(https?|wss?):\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/|^(data|blob|about|chrome):/;

/** Chromium with a fake microphone that beeps, no way out of this machine, and a record of every attempt. */
export async function openAgentBrowser(options: BrowserOptions = {}): Promise<AgentBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'almasar-chromium-'));
  const refused = options.microphone === 'refused';
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    headless: true,
    ...(options.backForwardCache ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    locale: 'ar-EG',
    timezoneId: 'Africa/Cairo',
    viewport: { width: 1280, height: 900 },
    args: [
      ...QUIET_FLAGS,
      '--use-fake-device-for-media-stream',
      ...(refused ? ['--deny-permission-prompts'] : ['--use-fake-ui-for-media-stream']),
      ...(options.soundsAfterGesture ? [] : ['--autoplay-policy=no-user-gesture-required']),
      `--use-file-for-fake-audio-capture=${writeMicrophoneFile(profile, options.microphone !== 'silent')}`,
    ],
  });
  const strayRequests: string[] = [];
  const pageErrors: string[] = [];
  const note = (url: string) => {
    if (!OURS.test(url)) strayRequests.push(url);
  };
  context.on('request', (request) => note(request.url()));
  context.on('weberror', (error) => pageErrors.push(String(error.error())));
  context.on('page', (page) => page.on('websocket', (socket) => note(socket.url())));
  for (const script of ['hear-page.js', ...(options.scripts ?? [])]) {
    await context.addInitScript({ path: new URL(script, import.meta.url).pathname });
  }
  return {
    context,
    strayRequests,
    pageErrors,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
