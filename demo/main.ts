/** `npm run demo`: service, call-center page and carrier in one process, until Ctrl-C. */
import { existsSync } from 'node:fs';
import { announce, explain } from './announce.ts';
import { startDemo } from './start-demo.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

try {
  const demo = await startDemo(process.env);
  process.stdout.write(`${announce(demo)}\n`);
  if (!demo.sandbox) void demo.checkAccount();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void demo.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(explain(error) ?? error);
  process.exitCode = 1;
}
