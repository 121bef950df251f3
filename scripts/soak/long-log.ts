import type { CallPage } from '../../service/contract.ts';
import { openStore } from '../../service/storage/store.ts';
import { LOG_QUESTIONS, seedCalls } from '../bench-service/call-log.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { crmToken } from '../service-lab/http-request.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const TIMES = 100;
const PAGES = 30;
const PAGE = 100;

/** Check 14. */
export const longLog = {
  title: 'The log of a month in a large call center',
  async work(soak: Soak) {
    const count = soak.short ? 100_000 : 1_000_000;
    for (const engine of ['SQLite', 'PostgreSQL'] as const) {
      const DATABASE_URL = engine === 'SQLite' ? freshSqlite() : await soak.postgresUrl();
      const store = await openStore(DATABASE_URL);
      await seedCalls(store, count);
      await store.close();
      const service = await runService(labSettings({ DATABASE_URL, LOG_LEVEL: 'error' }));
      soak.atEnd(() => service.kill());
      // One for each question: nobody reads without end.
      const supervisor = (sub: string) => crmToken({ sub, role: 'supervisor' });

      async function page(query: Record<string, string>, bearer = supervisor('boss')): Promise<CallPage> {
        const address = `${service.url}/api/calls?${new URLSearchParams(query).toString()}`;
        const answer = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
        if (!answer.ok) throw new Error(`The log was answered ${answer.status}: ${await answer.text()}`);
        return (await answer.json()) as CallPage;
      }

      let slowest = { question: '', ms: 0 };
      for (const [question, ask, reader] of LOG_QUESTIONS) {
        const times: number[] = [];
        for (let time = 0; time < TIMES; time += 1) {
          const bearer = reader ? crmToken({ sub: reader().agentId }) : supervisor(question);
          const query = ask();
          const begun = performance.now();
          await page(query, bearer);
          times.push(performance.now() - begun);
        }
        const ms = times.sort((a, b) => a - b)[Math.floor(TIMES * 0.95)]!;
        if (ms > slowest.ms) slowest = { question, ms };
      }
      soak.check(
        `${engine}, ${count} calls, ${LOG_QUESTIONS.length} questions: the slowest p95 (≤ 100 ms)`,
        `${slowest.ms.toFixed(1)} ms (${slowest.question})`,
        slowest.ms <= 100,
      );

      const seen: string[] = [];
      let cursor: string | null = null;
      for (let turn = 0; turn < PAGES; turn += 1) {
        const shown: CallPage = await page({ limit: String(PAGE), ...(cursor && { cursor }) });
        seen.push(...shown.calls.map(({ callId }) => callId));
        cursor = shown.nextCursor;
        // Calls come in while somebody reads.
        await placeCalls(service.port, 5);
      }
      const again: string[] = [];
      cursor = null;
      while (again.length < seen.length + PAGES * 5) {
        const shown: CallPage = await page({ limit: String(PAGE), ...(cursor && { cursor }) });
        again.push(...shown.calls.map(({ callId }) => callId));
        cursor = shown.nextCursor;
      }
      const from = again.indexOf(seen[0]!);
      const same = JSON.stringify(again.slice(from, from + seen.length)) === JSON.stringify(seen);
      soak.check(
        `${engine}: ${PAGES} pages read while calls come in: none twice, none left out`,
        `${new Set(seen).size} of ${seen.length}, ${same ? 'as read again' : 'other than read again'}`,
        same && new Set(seen).size === PAGES * PAGE,
      );
      await service.stop();
    }
  },
};
