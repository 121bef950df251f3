import { globSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { labCall, questionForm, statusForms } from '../service-lab/call-facts.ts';
import { carrierRequest, crmToken } from '../service-lab/http-request.ts';
import { runService, temporaryDirectory } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** Secrets of what need not be there, and what uses one: nobody listens for the events. */
const MORE = {
  CRM_WEBHOOK_URL: 'http://127.0.0.1:1/calls',
  CRM_WEBHOOK_SECRET: 'webhook-secret-4e1d9a7c0b63f852d1',
  METRICS_TOKEN: 'metrics-token-c07f3be1',
  SERVICE_SECRET: 'service-secret-81b6d2e94f7a03c5e9',
};

/** Every secret of the lab, and the forms in which it would travel. */
function secrets(databasePassword: string): Record<string, string[]> {
  const basic = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');
  return {
    'the auth token': [ACCOUNT.authToken, basic(ACCOUNT.accountSid, ACCOUNT.authToken)],
    'the API secret': [ACCOUNT.apiSecret, basic(ACCOUNT.apiKey, ACCOUNT.apiSecret)],
    'the CRM’s secret': [ACCOUNT.crmSecret, Buffer.from(ACCOUNT.crmSecret).toString('base64url')],
    'the secret of the CRM’s events': [MORE.CRM_WEBHOOK_SECRET],
    'the token of the metrics': [MORE.METRICS_TOKEN],
    'the service’s own secret': [MORE.SERVICE_SECRET],
    'the database’s password': [databasePassword],
  };
}

/** A walk through the service, errors and all; what it answered. */
async function walk(url: string): Promise<string> {
  const bearer = crmToken({ sub: 'agent' });
  const admin = crmToken({ sub: 'root', role: 'admin' });
  const call = labCall(1, 'agent');
  const json = { 'content-type': 'application/json' };
  const dial = JSON.stringify({ callId: call.callId, to: call.to });
  const asked: [path: string, init?: RequestInit, bearer?: string][] = [
    ['/healthz'],
    ['/readyz'],
    ['/metrics'],
    ['/metrics', {}, MORE.METRICS_TOKEN],
    ['/api/calls/crm-events', {}, admin],
    ['/openapi.json'],
    ['/phone'],
    ['/almasar-dialer.js'],
    ['/nothing'],
    ['/api/calls'],
    ['/api/calls', {}, 'broken'],
    ['/api/calls/token', { method: 'POST' }, bearer],
    ['/api/calls', { method: 'POST', headers: json, body: dial }, bearer],
    ['/api/calls', { method: 'POST', headers: json, body: '{' }, bearer],
    ['/api/calls?cursor=broken', {}, bearer],
    ['/api/calls', {}, bearer],
    ['/api/calls/settings', {}, admin],
    ['/api/calls/blocked-agents', {}, admin],
    [`/api/calls/${call.callId}/recordings/RE1`, {}, bearer],
    [`/api/calls/${call.callId}/hangup`, { method: 'POST' }, bearer],
    [
      '/api/calls/webhook/status',
      { method: 'POST', headers: { 'x-twilio-signature': 'x' }, body: new URLSearchParams() },
    ],
  ];
  let answers = '';
  for (const [path, init = {}, token] of asked) {
    const headers = new Headers(init.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const answer = await fetch(url + path, { ...init, headers });
    answers += `${[...answer.headers].join('\n')}\n${await answer.text()}\n`;
  }
  for (const form of [questionForm(call, 'agent'), ...statusForms(call)]) {
    const [head, body] = carrierRequest(form).toString().split('\r\n\r\n');
    const [, signature] = /X-Twilio-Signature: (.*)/.exec(head!)!;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature! };
    answers += await (await fetch(url + form.path, { method: 'POST', headers, body: body! })).text();
  }
  return answers;
}

function* textsOf(paths: readonly string[]): Generator<string> {
  for (const path of paths) yield readFileSync(path, 'latin1');
}

/** Check 25. */
export const secretsNowhere = {
  title: 'Every secret, looked for wherever it may not be',
  async work(soak: Soak) {
    const postgresUrl = await soak.postgresUrl();
    const known = secrets(new URL(postgresUrl).password);
    let answers = '';
    const sqlite = `${temporaryDirectory()}/calls.db`;
    for (const databaseUrl of [`sqlite:${sqlite}`, postgresUrl]) {
      const service = await runService(labSettings({ ...MORE, DATABASE_URL: databaseUrl, LOG_LEVEL: 'debug' }));
      answers += await walk(service.url);
      await service.stop();
    }
    const mode = statSync(sqlite).mode & 0o777;
    soak.check('the SQLite file is its owner’s alone (600)', mode.toString(8), mode === 0o600);
    // All that this run has left: logs and databases of every step.
    const left = globSync(`${tmpdir()}/almasar-lab-*/**/*`).filter((path) => statSync(path).isFile());
    const postgresFiles = globSync(`${new URL(postgresUrl).searchParams.get('host')}/data/base/*/*`);
    const bundles = globSync('dist/**/*').filter((path) => statSync(path).isFile());
    const places: Record<string, () => Iterable<string>> = {
      answers: () => [answers],
      'logs and SQLite files': () => textsOf(left),
      'PostgreSQL’s files': () => textsOf(postgresFiles),
      'built files': () => textsOf(bundles),
    };
    for (const [place, texts] of Object.entries(places)) {
      const hits: string[] = [];
      let read = 0;
      let bytes = 0;
      for (const text of texts()) {
        read += 1;
        bytes += text.length;
        for (const [name, forms] of Object.entries(known))
          if (forms.some((form) => text.includes(form))) hits.push(name);
      }
      const size = `${read} texts, ${(bytes / 1024 / 1024).toFixed(1)} MiB`;
      soak.check(
        `${place}: hits`,
        `${hits.length}${hits.length ? ` (${[...new Set(hits)].join(', ')})` : ''} in ${size}`,
        hits.length === 0 && bytes > 0,
      );
    }
  },
};
