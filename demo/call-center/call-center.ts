import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { DEFAULT_AGENT, findAgent } from './agents.ts';
import { AUTH_TOKEN_SECONDS, signAuthToken } from './auth-token.ts';
import { contentSecurityPolicy, sandboxOrigins, twilioOrigins } from './content-security-policy.ts';
import { languageFrom } from './language.ts';
import { requirePageKey } from './page-key.ts';
import { pageView } from './page-view.ts';

/** The carrier's name of the call that was placed, or a sentence that says why it cannot be. */
export type IncomingCallAnswer = { callSid: string } | { refused: string };

export interface CallCenterOptions {
  /** CRM_JWT_SECRET, shared with the service. */
  crmJwtSecret: string;
  /** Set while the sandbox stands in for Twilio. */
  sandbox?: { signalUrl: string; pageScriptUrl: string } | undefined;
  /** Lets a customer call in: the sandbox's customers only, since nobody else's telephone is ours to lift. */
  incomingCall?: ((from: string, farEnd: string | undefined) => IncomingCallAnswer) | undefined;
  /** Of the Twilio account, when it has its own. */
  edges?: readonly string[];
  region?: string | undefined;
  /** Set when a click would ring the telephones of real people, at real cost: then the page opens with a key only. */
  realPhones?: { pageKey: string } | undefined;
  /** The page's script, built: the text of `dist/demo/page.js`. */
  pageScript: string;
}

/** In this order: what comes later is more particular. */
const STYLE = ['look.css', 'frame.css', 'tables.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n');
const ICON = readFileSync(new URL('icon.svg', import.meta.url), 'utf8');

/** The CRM of a made-up company: its page, and the one route its back end adds for the dialer. */
export function createCallCenter(options: CallCenterOptions): Hono {
  const app = new Hono();
  const { sandbox, realPhones } = options;
  const policy = contentSecurityPolicy(
    sandbox ? sandboxOrigins(sandbox) : twilioOrigins(options.edges ?? [], options.region),
  );
  // Without a sign-in, whoever finds the tunnel opened for Twilio's webhooks would have the phone.
  if (realPhones) app.use('/call-center/*', requirePageKey(realPhones.pageKey));

  app.get('/call-center', (c) => {
    c.header('Content-Security-Policy', policy);
    c.header('Permissions-Policy', 'microphone=(self)');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Cache-Control', 'no-store');
    return c.html(
      pageView({
        language: languageFrom(c.req.query('lang')),
        agent: findAgent(c.req.query('agent')) ?? DEFAULT_AGENT,
        sandboxScriptUrl: sandbox?.pageScriptUrl,
        canCallInvented: !realPhones,
        ownNumber: realPhones ? (c.req.query('number') ?? '').trim().slice(0, 64) : '',
      }),
    );
  });

  // A real CRM looks at its own session here (cookie, gateway header) and answers 401 to a stranger. This demo has
  // no sign-in: the query says who the agent is.
  app.post('/call-center/auth-token', async (c) => {
    const agent = findAgent(c.req.query('agent'));
    if (!agent) return c.json({ message: 'No such agent.' }, 404);
    const token = await signAuthToken({ id: agent.id, name: agent.name.ar }, options.crmJwtSecret);
    c.header('Cache-Control', 'no-store');
    return c.json({ token, expiresAt: new Date(Date.now() + AUTH_TOKEN_SECONDS * 1000).toISOString() });
  });

  // Behind the page's "a customer calls in". `from` is the customer's number, whose last two digits (or `farEnd`) say
  // how the customer behaves.
  app.post('/call-center/incoming-call', async (c) => {
    if (!options.incomingCall) return c.json({ message: 'Only the sandbox has customers who call in.' }, 404);
    if (!findAgent(c.req.query('agent'))) return c.json({ message: 'No such agent.' }, 404);
    const body: unknown = await c.req.json().catch(() => undefined);
    const { from, farEnd } = (body ?? {}) as { from?: unknown; farEnd?: unknown };
    if (typeof from !== 'string' || (farEnd !== undefined && typeof farEnd !== 'string')) {
      return c.json({ message: 'Send JSON: {"from": "+201001234500", "farEnd": "00"}.' }, 400);
    }
    const answer = options.incomingCall(from, farEnd);
    return 'refused' in answer ? c.json({ message: answer.refused }, 422) : c.json(answer, 201);
  });

  app.get('/call-center/', (c) => c.redirect('/call-center'));
  app.get('/call-center/page.js', (c) =>
    c.body(options.pageScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/call-center/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/call-center/icon.svg', (c) => c.body(ICON, 200, { 'Content-Type': 'image/svg+xml' }));
  return app;
}
