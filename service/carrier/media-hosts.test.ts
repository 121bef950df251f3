import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { isPrivateAddress, mediaHosts } from './media-hosts.ts';
import { createRecordingMedia } from './recording-media.ts';

const baseUrl = 'https://api.twilio.com';
const PUBLIC = '52.216.0.1';

const allowed = (url: string, named: string[] = [], addresses = [PUBLIC]) =>
  mediaHosts({ baseUrl, mediaHosts: named, addressesOf: () => Promise.resolve(addresses) })(new URL(url));

test('Twilio, its media hosts and storage of S3 are allowed, and whatever the operator names', async () => {
  for (const host of [
    'api.twilio.com',
    'api.dublin.ie1.twilio.com',
    'media.twiliocdn.com',
    'bucket.s3.amazonaws.com',
    'bucket.s3.eu-west-1.amazonaws.com',
    's3-external-1.amazonaws.com',
  ]) {
    await allowed(`https://${host}/audio?signed`);
  }
  await allowed('https://recordings.example.com/audio', ['recordings.example.com'], ['10.0.0.7']);
});

test('any other host is refused, however it is spelt', async () => {
  for (const url of [
    'https://elsewhere.example/audio',
    'https://twilio.com.elsewhere.example/audio',
    'https://eviltwilio.com/audio',
    'https://ec2-52-0-0-1.compute-1.amazonaws.com/audio',
    'https://api.twilio.com@elsewhere.example/audio',
    'https://api.twilio.com:8443.elsewhere.example/audio',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/audio',
    'https://127.0.0.1/audio',
    'https://0x7f000001/audio',
  ].filter((each) => URL.canParse(each))) {
    await assert.rejects(allowed(url), /RECORDING_MEDIA_HOSTS does not name/, url);
  }
  await assert.rejects(allowed('http://media.twiliocdn.com/audio'), /http: addresses/);
});

test('an allowed name that leads into a private network is refused', async () => {
  for (const address of [
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '192.168.0.9',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ]) {
    assert.ok(isPrivateAddress(address), address);
    await assert.rejects(allowed('https://media.twiliocdn.com/a', [], [PUBLIC, address]), /private network/, address);
  }
  for (const address of [PUBLIC, '2600:1f18::1']) assert.ok(!isPrivateAddress(address), address);
});

let carrier: Server;
let storage: Server;
let askedThere = 0;
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
before(async () => {
  carrier = createServer((_request, response) =>
    response.writeHead(307, { location: `${urlOf(storage)}/audio` }).end(),
  );
  storage = createServer((_request, response) => {
    askedThere += 1;
    response.end('audio');
  });
  for (const server of [carrier, storage]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(() => {
  carrier.close();
  storage.close();
});

test('a redirection to another port of this machine is followed only where that host is named', async () => {
  const open = (named: string[]) =>
    createRecordingMedia({
      baseUrl: urlOf(carrier),
      accountSid: `AC${'1'.repeat(32)}`,
      credentials: () => Promise.resolve({ user: 'SK', password: 'secret' }),
      mediaHosts: named,
    }).open(`RE${'c'.repeat(32)}`, undefined, AbortSignal.timeout(5000));
  await assert.rejects(open([]), /RECORDING_MEDIA_HOSTS does not name/);
  assert.equal(askedThere, 0);
  assert.equal(await (await open(['127.0.0.1']))!.text(), 'audio');
});
