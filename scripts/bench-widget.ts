/**
 * `npm run bench:widget`: what the widget costs a page and its agent, side by side with Twilio's own browser file, in
 * one run. It prints `OVER` where a budget is not met, and fails where a figure is `BROKEN`: worse than the ceiling that
 * stands beside the budget (`most`), which leaves room for a busy machine. `-- invite` (or `sizes`, `script`, `links`, `rows`)
 * measures that part only, `--rounds 2` twice, `--ms 100` at that round trip only.
 *
 * How: Chromium, headless, with a fake microphone; every figure in a fresh context (nothing cached), the arms in turn
 * within each round, median of the rounds with the range beside it. The service and the sandbox carrier are the real
 * ones, in a process of their own (`npm run demo`). Script time is Chromium's ScriptDuration less a blank page's.
 * Round trips are added on loopback by ports that hold every byte back for half of one, page and signalling alike; a
 * new connection pays one for TCP and, through the same ports, those of its real TLS. Pages come over HTTP/2. The
 * pointer rests on what it clicks for 150 ms and presses it for 80, in every arm. The click is taken in a capture
 * listener of the window, the INVITE where the SDK hands it to `WebSocket.send`. A fake microphone opens at once: a real
 * one adds its own time to every arm but not to the order of them.
 */
import { parseArgs } from 'node:util';
import { benchInvite } from './bench/invite.ts';
import { benchLinks } from './bench/links.ts';
import { launchBenchBrowser } from './bench/bench-browser.ts';
import { startBenchServer } from './bench/bench-server.ts';
import { benchScriptTime } from './bench/script-time.ts';
import { benchRows } from './bench/rows.ts';
import { summary, title } from './bench/report.ts';
import { must, run } from './run.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, ms: { type: 'string' } },
});
const rounds = Number(given.rounds);
const [only] = positionals;
const wanted = (part: string) => only === undefined || only === part;

await must(process.execPath, ['scripts/ensure-built.ts']);
if (wanted('sizes')) {
  title('Sizes (budgets 1 and 2)');
  const { exitCode } = await run(process.execPath, ['scripts/size.ts']);
  if (exitCode !== 0) process.exitCode = exitCode;
}

const server = await startBenchServer();
const browser = await launchBenchBrowser(server.keyHash);
const origin = `https://127.0.0.1:${server.port}`;
try {
  if (wanted('script')) await benchScriptTime(browser, origin, rounds);
  if (wanted('links')) await benchLinks(browser, origin, rounds);
  if (wanted('rows')) await benchRows(browser, origin, rounds);
  for (const roundTripMs of given.ms ? [Number(given.ms)] : [100, 200]) {
    if (wanted('invite')) await benchInvite(browser, server, { roundTripMs, rounds });
  }
} finally {
  await browser.close();
  await server.close();
}
if (!summary()) process.exitCode = 1;
