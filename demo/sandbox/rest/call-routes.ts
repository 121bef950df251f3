import { Hono } from 'hono';
import { API_VERSION } from '../switch/call-fields.ts';
import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import { callPrice } from './call-price.ts';
import type { CredentialsEnv } from './credentials.ts';
import { formOf } from './form.ts';
import { page, restTime } from './paging.ts';
import { callRecordingResource } from './recording-resource.ts';
import { notFound, RestError } from './rest-error.ts';

function callResource(leg: Leg, accountSid: string, now = new Date()): object {
  const { sid, from, to, direction, parent } = leg.address;
  const uri = `/${API_VERSION}/Accounts/${accountSid}/Calls/${sid}`;
  const over = leg.endedAt !== undefined;
  return {
    sid,
    date_created: restTime(leg.createdAt),
    date_updated: restTime(leg.updatedAt),
    parent_call_sid: parent?.sid ?? null,
    account_sid: accountSid,
    to,
    to_formatted: to,
    from,
    from_formatted: from,
    phone_number_sid: null,
    // `initiated` exists in status callbacks only.
    status: leg.status === 'initiated' ? 'queued' : leg.status,
    start_time: restTime(leg.answeredAt ?? leg.createdAt),
    end_time: leg.endedAt ? restTime(leg.endedAt) : null,
    duration: over ? String(leg.seconds) : null,
    price: callPrice(leg, now),
    price_unit: 'USD',
    direction,
    answered_by: null,
    api_version: API_VERSION,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json` },
  };
}

const FILTERS: Readonly<Record<string, (leg: Leg) => string | undefined>> = {
  ParentCallSid: (leg) => leg.address.parent?.sid,
  Status: (leg) => leg.status,
  To: (leg) => leg.address.to,
  From: (leg) => leg.address.from,
};

/** `/Calls`: list, fetch, update, and the recordings of a call. */
export function callRoutes({ account, calls, recordings }: Parts): Hono<CredentialsEnv> {
  const find = (sid: string): Leg => {
    const leg = calls.find(sid);
    if (!leg) throw notFound(`/${API_VERSION}/Accounts/${account.accountSid}/Calls/${sid}.json`);
    return leg;
  };

  return new Hono<CredentialsEnv>()
    .get('/Calls.json', (c) => {
      const wanted = Object.entries(FILTERS).filter(([name]) => c.req.query(name) !== undefined);
      const found = calls.list().filter((leg) => wanted.every(([name, valueOf]) => valueOf(leg) === c.req.query(name)));
      return c.json(page(c, 'calls', found.toReversed(), (leg) => callResource(leg, account.accountSid)));
    })
    .get('/Calls/:file{CA[0-9a-f]+\\.json}', (c) => {
      return c.json(callResource(find(c.req.param('file').slice(0, -5)), account.accountSid));
    })
    .post('/Calls/:file{CA[0-9a-f]+\\.json}', async (c) => {
      const leg = find(c.req.param('file').slice(0, -5));
      updateCall(leg, await formOf(c));
      return c.json(callResource(leg, account.accountSid));
    })
    .get('/Calls/:sid/Recordings.json', (c) => {
      const leg = find(c.req.param('sid'));
      const found = recordings.list().filter(({ callSid }) => callSid === leg.sid);
      const resource = callRecordingResource(account.accountSid);
      return c.json(page(c, 'recordings', found.toReversed(), resource));
    });
}

/** Ends a call, or moves it to other TwiML. */
function updateCall(leg: Leg, form: ReadonlyMap<string, string>): void {
  const status = form.get('Status');
  if (status !== undefined) return endCall(leg, status);
  const url = form.get('Url');
  const twiml = form.get('Twiml');
  if (url === undefined && twiml === undefined) return;
  if (!leg.answeredAt || leg.ended.aborted || !leg.onRedirect) {
    throw new RestError(400, 21220, 'Call is not in-progress. Cannot redirect.');
  }
  if (twiml !== undefined) return leg.onRedirect({ twiml });
  const method = form.get('Method') ?? 'POST';
  if (method !== 'GET' && method !== 'POST') throw new RestError(400, 21403, 'Method must be GET or POST');
  if (!/^https?:\/\/[^/]/.test(url ?? '')) throw new RestError(400, 21205, 'Url is not a valid URL');
  leg.onRedirect({ url: url ?? '', method, fields: {} });
}

function endCall(leg: Leg, status: string): void {
  if (status === 'completed') {
    return leg.answeredAt ? leg.hangUp() : leg.end({ status: 'canceled', sipResponseCode: 487 });
  }
  if (status !== 'canceled') throw new RestError(400, 21218, `Invalid Status '${status}'; use completed or canceled`);
  // Twilio: canceled does not touch a call that is in progress.
  if (!leg.answeredAt) leg.end({ status: 'canceled', sipResponseCode: 487 });
}
