import { DatabaseSync } from 'node:sqlite';
import { CRM, SIMPLE_FORMS, UNLISTED } from '../../service/testing/foreign-pages.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { crmToken } from '../service-lab/http-request.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';
import { BEHIND_PROXY, fromElsewhere } from './strangers.ts';

/** All rows of all tables, by table; but for what counts requests, the refused ones too. */
function everything(databaseUrl: string): Map<string, string> {
  const database = new DatabaseSync(databaseUrl.replace('sqlite:', ''));
  const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all();
  const rows = tables
    .map(({ name }) => String(name))
    .filter((name) => name !== 'request_counts')
    .map((name) => [name, JSON.stringify(database.prepare(`select * from "${name}"`).all())] as const);
  database.close();
  return new Map(rows);
}

/** The routes that change something, as the service itself describes them. */
async function mutatingRoutes(url: string, callId: string): Promise<[method: string, path: string][]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method))
      .map((method): [string, string] => [method.toUpperCase(), path.replace('{callId}', callId)]),
  );
}

/** Check 27. */
export const foreignPages = {
  title: 'Pages of other origins, and forms that any page can send',
  async work(soak: Soak) {
    const DATABASE_URL = freshSqlite();
    const service = await runService(
      labSettings({ ...BEHIND_PROXY, DATABASE_URL, LOG_LEVEL: 'error', CORS_ORIGINS: CRM }),
    );
    soak.atEnd(() => service.kill());
    const [call] = await placeCalls(service.port, 1);
    const authorization = `Bearer ${crmToken({ sub: call!.agent })}`;

    const mayRead = async (origin: string): Promise<(string | null)[]> => {
      const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
      const answers = await Promise.all([
        fetch(`${service.url}/api/calls`, { headers: { origin, authorization } }),
        fetch(`${service.url}/api/calls`, { headers: { ...fromElsewhere(), origin } }),
        fetch(`${service.url}/api/calls/token`, { method: 'POST', headers: { origin, authorization } }),
        fetch(`${service.url}/api/calls`, { method: 'OPTIONS', headers: { origin, ...asked } }),
      ]);
      return answers.map(({ headers }) => headers.get('access-control-allow-origin'));
    };
    const unlisted = (await Promise.all(UNLISTED.map(mayRead))).flat();
    soak.check(
      `answers that a page of another origin may read, of ${unlisted.length}`,
      unlisted.filter(Boolean).length,
      unlisted.every((origin) => origin === null),
    );
    const listed = await mayRead(CRM);
    soak.check(
      'answers that the CRM’s page may read',
      listed.join(' '),
      listed.every((origin) => origin === CRM),
    );

    const before = everything(DATABASE_URL);
    const routes = await mutatingRoutes(service.url, call!.callId);
    const statuses = new Map<number, number>();
    for (const [method, path] of routes) {
      for (const [type, body] of Object.entries(SIMPLE_FORMS)) {
        for (const origin of [CRM, 'https://evil.example.com', 'null']) {
          const headers = { ...fromElsewhere(), origin, 'content-type': type, cookie: 'session=1' };
          const { status } = await fetch(service.url + path, { method, headers, body });
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }
    }
    soak.check(
      `forms sent to ${routes.length} routes that change something: all refused`,
      [...statuses].map(([status, count]) => `${status}: ${count}`).join(', '),
      routes.length >= 15 && [...statuses.keys()].every((status) => [401, 403, 415].includes(status)),
    );
    const after = everything(DATABASE_URL);
    const changed = [...after].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);
    soak.check('tables that they changed', changed.join(', ') || 'none', changed.length === 0);
  },
};
