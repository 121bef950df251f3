import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { ACCOUNT } from './settings.ts';

export interface SandboxCarrier {
  url: string;
  close(): void;
}

/** `npm run sandbox` as a process of its own, with the lab's account; a number whose questions go to `publicUrl`. */
export async function startCarrier(publicUrl: string): Promise<SandboxCarrier> {
  const flags = {
    'account-sid': ACCOUNT.accountSid,
    'auth-token': ACCOUNT.authToken,
    'api-key': ACCOUNT.apiKey,
    'api-secret': ACCOUNT.apiSecret,
    'application-sid': ACCOUNT.applicationSid,
    'voice-url': `${publicUrl}/api/calls/twiml/outbound`,
    'status-callback': `${publicUrl}/api/calls/webhook/status`,
    number: `${ACCOUNT.callerId}=${publicUrl}/api/calls/twiml/inbound`,
  };
  const program = ['demo/sandbox/main.ts', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])];
  // Its complaints about webhooks that nobody answers are what is wanted here.
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'ignore'] });
  const close = () => void child.kill('SIGKILL');
  process.once('exit', close);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.resume();
  const { url } = JSON.parse(line.toString()) as { url: string };
  return { url, close };
}

/** What the carrier knows of a leg, by its control API. */
export interface CarrierLeg {
  sid: string;
  parentCallSid: string | null;
  status: string;
  seconds: number;
  endedAt: string | null;
}

export async function legsOf(carrier: SandboxCarrier): Promise<CarrierLeg[]> {
  const answer = await fetch(`${carrier.url}/sandbox/calls`);
  return ((await answer.json()) as { calls: CarrierLeg[] }).calls;
}

/** A customer calls the account's number; the SID of the call. */
export async function callIn(carrier: SandboxCarrier, from: string, farEnd: string): Promise<string> {
  const body = JSON.stringify({ from, to: ACCOUNT.callerId, farEnd });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${carrier.url}/sandbox/incoming-calls`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`The call could not come in: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { callSid: string }).callSid;
}
