import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMediaLinks } from '../../service/api/media-link.ts';
import type { RecordingLink } from '../../service/contract.ts';
import { startMediaStub } from '../../service/testing/media-stub.ts';
import { recordingForm, statusForms } from '../service-lab/call-facts.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { carrierRequest, crmToken, type Form } from '../service-lab/http-request.ts';
import { loadAllGood } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { ACCOUNT, labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const SERVICE_SECRET = 'the secret of this service, long enough for it';

/** A server inside the network that nobody has any business to ask. */
async function startInside() {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('credentials');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked: () => asked, close: () => server.close() };
}

/** Check 24. */
export const recordingGuards = {
  title: 'Recordings of others, and addresses in signed webhooks',
  async work(soak: Soak) {
    const carrier = await startMediaStub();
    const inside = await startInside();
    const service = await runService(
      labSettings({
        DATABASE_URL: freshSqlite(),
        LOG_LEVEL: 'error',
        TWILIO_API_BASE_URL: carrier.url,
        SERVICE_SECRET,
      }),
    );
    soak.atEnd(async () => {
      await service.kill();
      await carrier.close();
      inside.close();
    });

    const audio = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
    const calls = await placeCalls(service.port, 3);
    const addresses = ['http://169.254.169.254/latest/meta-data', `${inside.url}/secret`, 'file:///etc/passwd'];
    const forms: Form[] = calls.map((call, index) => {
      const form = recordingForm(call);
      carrier.carrier.set(form.fields['RecordingSid']!, audio);
      return { ...form, fields: { ...form.fields, RecordingUrl: addresses[index]! } };
    });
    await loadAllGood(service.port, [...calls.flatMap(statusForms), ...forms].map(carrierRequest));

    let leaks = '';
    let played = 0;
    const linkOf = async (index: number, sub = calls[index]!.agent) => {
      const path = `/api/calls/${calls[index]!.callId}/recordings/${forms[index]!.fields['RecordingSid']!}`;
      return fetch(service.url + path, { headers: { authorization: `Bearer ${crmToken({ sub })}` } });
    };
    const links: string[] = [];
    for (const [index] of calls.entries()) {
      const answer = await linkOf(index);
      const text = await answer.text();
      const { url } = JSON.parse(text) as RecordingLink;
      links.push(url.replace(ACCOUNT.publicUrl, service.url));
      const media = await fetch(links[index]!);
      if (Buffer.from(await media.arrayBuffer()).equals(audio)) played += 1;
      leaks += `${text}\n${[...answer.headers, ...media.headers].join('\n')}\n`;
    }
    const log = await fetch(`${service.url}/api/calls`, {
      headers: { authorization: `Bearer ${crmToken({ sub: 'boss', role: 'supervisor' })}` },
    });
    leaks += await log.text();
    soak.check('recordings with a foreign address in their webhook that play', played, played === calls.length);
    soak.check('requests to those addresses', inside.asked(), inside.asked() === 0);
    const carrierOnly = carrier.asked.every((asked) => asked.startsWith('GET carrier RE'));
    soak.check('requests to the carrier, each for a recording by its SID', carrier.asked.length, carrierOnly);
    const told = /api\.twilio\.com|169\.254|authorization|Basic /i.exec(leaks)?.[0];
    soak.check('addresses of the carrier or its password, told to the browser', told ?? 'none', told === undefined);

    const foreign = await linkOf(0, 'somebodyelse');
    soak.check('a link asked for by another agent', foreign.status, foreign.status === 404);
    const link = links[0]!;
    const at = link.indexOf('?') + 1;
    const changed = Array.from({ length: link.length - at }, (_, index) => {
      const letter = link[at + index]!;
      return (
        link.slice(0, at + index) +
        (letter === 'z' ? 'A' : String.fromCharCode(letter.charCodeAt(0) + 1)) +
        link.slice(at + index + 1)
      );
    });
    const statuses = await Promise.all(changed.map(async (each) => (await fetch(each)).status));
    const opened = statuses.filter((status) => status < 400).length;
    soak.check(`links with one character changed that open, of ${changed.length}`, opened, opened === 0);
    const [call, form] = [calls[0]!, forms[0]!];
    const old = createMediaLinks(SERVICE_SECRET).sign(
      { callId: call.callId, recordingSid: form.fields['RecordingSid']!, identity: call.agent },
      new Date(Date.now() - 5 * 60_000 - 1000),
    );
    const late = await fetch(`${link.slice(0, at)}${old.query}`);
    const { code } = (await late.json()) as { code: string };
    soak.check(
      'a genuine link after its five minutes',
      `${late.status} ${code}`,
      late.status === 403 && code === 'link-expired',
    );
  },
};
