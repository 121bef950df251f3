import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

/** DER: tag, length, content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // The shortest form is the only one: Chromium refuses any other.
  const lengthBytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

const SEQUENCE = 0x30;
const ECDSA_SHA256 = der(SEQUENCE, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

const VERSION_3 = der(0xa0, der(0x02, Buffer.from([2])));
/** Extension `subjectAltName`: the IP address 127.0.0.1. */
const FOR_LOOPBACK = der(
  0xa3,
  der(
    SEQUENCE,
    der(
      SEQUENCE,
      der(0x06, Buffer.from('551d11', 'hex')),
      der(0x04, der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])))),
    ),
  ),
);

function name(text: string): Buffer {
  return der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(text)))));
}

function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

/** A certificate for an hour of this machine, signed by itself: what TLS needs to run at all. RFC 5280. */
export function selfSigned(): { key: string; cert: string; keyHash: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const validity = der(SEQUENCE, time(new Date(now - 3_600_000)), time(new Date(now + 3_600_000)));
  const subject = name('127.0.0.1');
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const facts = der(
    SEQUENCE,
    VERSION_3,
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    subject,
    validity,
    subject,
    publicKeyInfo,
    FOR_LOOPBACK,
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', facts, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    keyHash: createHash('sha256').update(publicKeyInfo).digest('base64'),
    cert: new X509Certificate(der(SEQUENCE, facts, ECDSA_SHA256, signature)).toString(),
  };
}
