/**
 * What stands below the service: an HTTP server and, one after the other, the steps that FLOOR names. Started by
 * ladder.ts, bundled as the service is.
 */
import { createHmac, createSecretKey } from 'node:crypto';
import { createServer } from 'node:http';

interface Asked {
  target: string;
  header: (name: string) => string | undefined;
  body: string;
}

/** Throws when it refuses; what it returns is the answer. */
type Step = (asked: Asked) => string | undefined | Promise<string | undefined>;

const environment = process.env as Record<string, string>;
const accepted = (good: boolean) => {
  if (!good) throw new Error('Refused.');
  return undefined;
};

/** X-Twilio-Signature, as the service checks it. */
async function signature(): Promise<Step> {
  const { createSignatureCheck } = await import('../../service/carrier/signature.ts');
  const [authTokens, publicUrls] = [[environment['TWILIO_AUTH_TOKEN']!], [environment['PUBLIC_URL']!]];
  const isSigned = createSignatureCheck({ authTokens, publicUrls });
  return ({ target, header, body }) =>
    accepted(isSigned(header('x-twilio-signature') ?? '', target, new URLSearchParams(body)));
}

/** The call's row and one for what is said of it, on disk before the answer: one commit for all that wait. */
async function rows(): Promise<Step> {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(environment['FLOOR_FILE']!);
  db.exec(`
    pragma journal_mode = wal; pragma synchronous = full;
    create table calls (call_sid text primary key, status text not null);
    create table events (key text primary key, event text not null)`);
  const upsert = db.prepare(
    'insert into calls values (?, ?) on conflict (call_sid) do update set status = excluded.status',
  );
  const insert = db.prepare('insert into events values (?, ?) on conflict do nothing');
  let waiting: { body: string; resolve: () => void }[] = [];
  function commit(): void {
    const together = waiting;
    waiting = [];
    db.exec('begin immediate');
    for (const { body } of together) {
      const fields = Object.fromEntries(new URLSearchParams(body));
      upsert.run(fields['ParentCallSid'] ?? fields['CallSid']!, fields['CallStatus']!);
      insert.run(`${fields['CallSid']} ${fields['CallStatus']}`, JSON.stringify(fields));
    }
    db.exec('commit');
    for (const { resolve } of together) resolve();
  }
  return async ({ body }) => {
    await new Promise<void>((resolve) => {
      if (waiting.push({ body, resolve }) === 1) setImmediate(commit);
    });
    return undefined;
  };
}

/** TwiML, made as the service makes it. */
async function twiml(): Promise<Step> {
  const { createDialTwiml } = await import('../../service/carrier/twiml.ts');
  const dial = createDialTwiml({ publicUrl: environment['PUBLIC_URL']!, recordCalls: true, announcement: [] });
  const intent = { callerId: environment['TWILIO_CALLER_ID']!, to: '+201001234500' };
  return () => dial(intent, 14_400);
}

/** The CRM's JWT, HS256. */
async function jwt(): Promise<Step> {
  const key = createSecretKey(environment['CRM_JWT_SECRET']!, 'utf8');
  return ({ header }) => {
    const [protectedHeader, payload, given] = header('authorization')!.slice('Bearer '.length).split('.');
    const expected = createHmac('sha256', key).update(`${protectedHeader}.${payload}`).digest('base64url');
    const { exp } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { exp: number };
    return accepted(given === expected && exp > Date.now() / 1000);
  };
}

/** An access token, minted as the service mints it. */
async function token(): Promise<Step> {
  const { createAccessTokenMint } = await import('../../service/carrier/access-token.ts');
  const keys = {
    apiKey: environment['TWILIO_API_KEY']!,
    apiSecret: environment['TWILIO_API_SECRET']!,
    applicationSid: environment['TWILIO_TWIML_APP_SID']!,
  };
  const mint = createAccessTokenMint({
    accountSid: environment['TWILIO_ACCOUNT_SID']!,
    keys: () => Promise.resolve(keys),
    edges: [],
    region: undefined,
    tokenLifeSeconds: 3600,
    clock: () => new Date(),
  });
  const agent = { id: 'agent', name: null, identity: 'agent', role: 'agent' } as const;
  return async () => JSON.stringify(await mint(agent));
}

const STEPS: Record<string, () => Promise<Step>> = { signature, rows, twiml, jwt, token };

const [server, ...names] = environment['FLOOR']!.split(' ');
const steps = await Promise.all(names.map((name) => STEPS[name]!()));

async function answerTo(asked: Asked): Promise<string | undefined> {
  let answer: string | undefined;
  for (const step of steps) answer = (await step(asked)) ?? answer;
  return answer;
}

const port = Number(environment['PORT']);
if (server === 'hono') {
  const [{ serve }, { Hono }] = await Promise.all([import('@hono/node-server'), import('hono')]);
  const app = new Hono();
  app.all('*', async (c) => {
    const { pathname: target } = new URL(c.req.url);
    const answer = await answerTo({ target, header: (name) => c.req.header(name), body: await c.req.text() });
    return answer === undefined ? c.body(null, 204) : c.text(answer);
  });
  serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
} else {
  createServer(async (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    await new Promise((resolve) => request.on('end', resolve));
    const header = (name: string) => request.headers[name] as string | undefined;
    const answer = await answerTo({ target: request.url!, header, body });
    response.writeHead(answer === undefined ? 204 : 200, { 'Content-Type': 'text/plain' }).end(answer);
  }).listen(port, '127.0.0.1');
}
