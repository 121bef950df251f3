import { signature } from '../../demo/sandbox/webhooks/signature.ts';
import { labCall, recordingForm, statusForms } from '../service-lab/call-facts.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { carrierRequest, requestBytes, type Form } from '../service-lab/http-request.ts';
import { keptCalls } from '../service-lab/kept-calls.ts';
import { load, tally } from '../service-lab/load.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded; charset=UTF-8';

/** As many as are sent at once. */
const BATCH = 100_000;

/** A number below `below`, always the same for the same seed. */
function pick(seed: number, below: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  return (Math.imul(mixed, 0xc2b2ae35) >>> 0) % below;
}

interface Parts {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

function genuine({ path, fields }: Form): Parts {
  const headers = {
    'Content-Type': FORM_TYPE,
    'X-Twilio-Signature': signature(ACCOUNT.authToken, ACCOUNT.publicUrl + path, fields),
  };
  return { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() };
}

function withFields(parts: Parts, change: (fields: URLSearchParams) => void): Parts {
  const fields = new URLSearchParams(parts.body);
  change(fields);
  return { ...parts, body: fields.toString() };
}

function signedBy(parts: Parts, token: string, url = ACCOUNT.publicUrl + parts.path): Parts {
  const fields = Object.fromEntries(new URLSearchParams(parts.body));
  return { ...parts, headers: { ...parts.headers, 'X-Twilio-Signature': signature(token, url, fields) } };
}

function withSignature(parts: Parts, text: string): Parts {
  return { ...parts, headers: { ...parts.headers, 'X-Twilio-Signature': text } };
}

/** Ways to be a forger: each changes something that the signature covers, or the signature. */
const FORGERIES: ((parts: Parts, seed: number) => Parts)[] = [
  // One bit of the signature.
  (parts, seed) => {
    const bytes = Buffer.from(parts.headers['X-Twilio-Signature']!, 'base64');
    bytes[pick(seed, bytes.length)]! ^= 1 << (seed % 8);
    return withSignature(parts, bytes.toString('base64'));
  },
  // A letter more, or fewer.
  (parts, seed) =>
    withSignature(
      parts,
      seed % 2 ? `${parts.headers['X-Twilio-Signature']}A` : parts.headers['X-Twilio-Signature']!.slice(0, -2),
    ),
  // One letter of one value.
  (parts, seed) =>
    withFields(parts, (fields) => {
      const names = [...fields.keys()];
      const name = names[pick(seed, names.length)]!;
      const value = fields.get(name)!;
      const at = pick(seed + 1, value.length + 1);
      fields.set(name, `${value.slice(0, at)}${value[at] === '7' ? '8' : '7'}${value.slice(at + 1)}`);
    }),
  (parts, seed) => withFields(parts, (fields) => fields.append(`Extra${seed}`, String(seed))),
  (parts, seed) =>
    withFields(parts, (fields) => {
      // An empty value and none sign alike up to the name.
      const names = [...fields.keys()];
      fields.delete(names[pick(seed, names.length)]!);
    }),
  (parts, seed) => withFields(parts, (fields) => fields.append('CallStatus', seed % 2 ? 'busy' : 'failed')),
  // A value that moves from one field to the next: the signed text stays, the meaning does not.
  (parts) =>
    withFields(parts, (fields) => {
      fields.set('AccountSid', `${fields.get('AccountSid')}ApiVersion`);
      fields.delete('ApiVersion');
    }),
  (parts, seed) => ({ ...parts, path: `${parts.path}?seed=${seed}` }),
  (parts) => ({
    ...parts,
    path: parts.path.includes('status') ? '/api/calls/webhook/recording' : '/api/calls/webhook/status',
  }),
  (parts) => signedBy(parts, ''),
  (parts, seed) => signedBy(parts, String(seed).padStart(32, '0')),
  // Rightly signed, for another address or another account.
  (parts) => signedBy(parts, ACCOUNT.authToken, `https://elsewhere.example.com${parts.path}`),
  (parts) =>
    signedBy(
      withFields(parts, (fields) => fields.set('AccountSid', `AC${'9'.repeat(32)}`)),
      ACCOUNT.authToken,
    ),
  (parts) => withSignature(parts, ''),
  (parts) => ({ ...parts, headers: { 'Content-Type': FORM_TYPE } }),
  // A forger who says where the request was sent.
  (parts, seed) => {
    const forged = signedBy(parts, ACCOUNT.authToken, `https://forger.example.com${parts.path}`);
    const says =
      seed % 2
        ? { Host: 'forger.example.com' }
        : { 'X-Forwarded-Host': 'forger.example.com', 'X-Forwarded-Proto': 'https' };
    return { ...forged, headers: { ...forged.headers, ...says } };
  },
];

function bytesOf({ method, path, headers, body }: Parts): Buffer {
  return requestBytes(method, path, headers, body);
}

/** Checks 15 and 16. */
export const forgedWebhooks = {
  title: 'Forged and changed webhooks',
  async work(soak: Soak) {
    const service = await runService(labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'error' }));
    soak.atEnd(() => service.kill());
    const count = soak.short ? BATCH : 10 * BATCH;
    const forms = Array.from({ length: 50 }, (_, index) => labCall(index)).flatMap((call) => [
      ...statusForms(call),
      recordingForm(call),
    ]);
    const statuses: number[] = [];
    while (statuses.length < count) {
      const seeds = Array.from({ length: BATCH }, (_, index) => statuses.length + index);
      const forged = seeds.map((seed) => {
        const parts = genuine(forms[pick(seed, forms.length)]!);
        return bytesOf(FORGERIES[seed % FORGERIES.length]!(parts, seed));
      });
      for (const status of (await load(service.port, forged)).statuses) statuses.push(status);
    }
    const kindsOf = (is: (status: number) => boolean) => {
      const found = [...statuses.keys()].filter((index) => is(statuses[index]!));
      const kinds = [...new Set(found.map((index) => index % FORGERIES.length))].join(', ');
      return { count: found.length, figure: `${found.length}${kinds && ` (kinds ${kinds})`}` };
    };
    soak.say(`answers to ${count} forgeries of ${FORGERIES.length} kinds`, tally(statuses));
    const accepted = kindsOf((status) => status < 400);
    soak.check('accepted, or without an answer', accepted.figure, accepted.count === 0);
    const failed = kindsOf((status) => status >= 500);
    soak.check('answered with an error of ours', failed.figure, failed.count === 0);
    const { size } = await keptCalls(service.url);
    soak.check('calls in the log', size, size === 0);

    const good = forms.map((form) => genuine(form));
    const spoofed = good.map((parts) =>
      bytesOf({
        ...parts,
        headers: {
          ...parts.headers,
          Host: 'other.example.com',
          'X-Forwarded-Host': 'other.example.com',
          'X-Forwarded-Proto': 'http',
        },
      }),
    );
    const reordered = good.map((parts) => bytesOf({ ...parts, body: parts.body.split('&').toReversed().join('&') }));
    const genuineOnes = await load(service.port, [...spoofed, ...reordered, ...forms.map(carrierRequest)]);
    soak.check(
      'genuine ones, under foreign host names and in another order',
      tally(genuineOnes.statuses),
      genuineOnes.statuses.every((status) => status === 204),
    );
    const odd = await load(service.port, [
      requestBytes('GET', '/api/calls/webhook/status', {}),
      requestBytes('POST', '/api/calls/webhook/status', { 'Content-Type': 'application/json' }, '{}'),
    ]);
    soak.check('GET 405, JSON 415', tally(odd.statuses), odd.statuses[0] === 405 && odd.statuses[1] === 415);
  },
};
