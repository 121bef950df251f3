import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { absentOf, webhooksOf, type CallWebhook } from '../service-lab/call-webhooks.ts';
import { load, tally } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService, temporaryDirectory, type RunningProgram } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** A third of their webhooks does not find room in what SQLite's log has had already: a full disk refuses some. */
const CALLS = 1000;

/** A way in which nothing can be written any more, and back. */
interface Trouble {
  name: string;
  begin: () => void;
  end: () => void;
}

/** A small file system of its own, which a big file fills up. Needs root; undefined without. */
function smallDisk(soak: Soak): { directory: string; trouble: Trouble } | undefined {
  const directory = `${temporaryDirectory()}/disk`;
  mkdirSync(directory);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  soak.atEnd(() => execFileSync('umount', ['-l', directory]));
  const ballast = `${directory}/ballast`;
  const begin = () => {
    try {
      writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024));
    } catch {
      // As much of it as there was room for is there now.
    }
  };
  return { directory, trouble: { name: 'disk full', begin, end: () => rmSync(ballast) } };
}

/** The kernel refuses the process every byte beyond a file's present size (`prlimit`). */
function noLongerFiles(directory: string, service: () => RunningProgram): Trouble {
  const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(service().pid), `--fsize=${bytes}:`]);
  return {
    name: 'files that may not grow',
    begin: () =>
      limit(String(Math.min(...readdirSync(directory).map((name) => statSync(`${directory}/${name}`).size)))),
    end: () => limit('unlimited'),
  };
}

/** Check 10. */
export const diskFull = {
  title: 'SQLite that cannot write: 503, never a 2xx for what is not kept; it recovers by itself',
  async work(soak: Soak) {
    const disk = smallDisk(soak);
    if (!disk) soak.say('a disk of its own', 'needs root: left out');
    const directory = disk?.directory ?? temporaryDirectory();
    const service = await runService(labSettings({ DATABASE_URL: `sqlite:${directory}/calls.db`, LOG_LEVEL: 'warn' }));
    soak.atEnd(() => service.kill());
    const troubles = [...(disk ? [disk.trouble] : []), noLongerFiles(directory, () => service)];
    for (const { name, begin, end } of troubles) {
      const sent = webhooksOf(await placeCalls(service.port, CALLS));
      const third = Math.floor(sent.length / 3);
      const post = async (part: readonly CallWebhook[]) =>
        (
          await load(
            service.port,
            part.map(({ request }) => request),
            { connections: 16 },
          )
        ).statuses;
      const before = await post(sent.slice(0, third));
      begin();
      const during = await post(sent.slice(third, 2 * third));
      end();
      await delay(200);
      const after = await post(sent.slice(2 * third));
      soak.check(
        `${name}: before`,
        tally(before),
        before.every((status) => status === 204),
      );
      const refused = during.filter((status) => status === 503).length;
      soak.check(
        `${name}: during`,
        tally(during),
        refused > 0 && during.every((status) => status === 503 || status === 204),
      );
      soak.check(
        `${name}: after, without a restart`,
        tally(after),
        after.every((status) => status === 204),
      );
      const statuses = Uint16Array.from([...before, ...during, ...after]);
      const { acknowledged, absent } = await absentOf(service.url, sent, { statuses });
      soak.check(`${name}: acknowledged and absent`, `${absent} of ${acknowledged}`, absent === 0);
    }
  },
};
