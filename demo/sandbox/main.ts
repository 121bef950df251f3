import { AccountError } from './account.ts';
import { CommandLineError, HELP, parseCommandLine } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

async function start(): Promise<Sandbox | undefined> {
  const commandLine = parseCommandLine(process.argv.slice(2), process.env);
  if (commandLine.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const { options } = commandLine;
  return startSandbox({
    ...options,
    onLog: ({ level, code, callSid, message }) => {
      process.stderr.write(`${[level, code, callSid, message].filter(Boolean).join(' ')}\n`);
    },
  });
}

try {
  const sandbox = await start();
  if (sandbox) {
    const { url, signalUrl, pageScriptUrl, account } = sandbox;
    const [key] = account.apiKeys.values();
    const [applicationSid] = account.applications.keys();
    const ready = {
      url,
      signalUrl,
      pageScriptUrl,
      accountSid: account.accountSid,
      authToken: account.authToken,
      apiKey: key?.sid,
      apiSecret: key?.secret,
      applicationSid,
      numbers: [...account.numbers.keys()],
    };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = error instanceof CommandLineError || error instanceof AccountError ? 2 : 1;
}
