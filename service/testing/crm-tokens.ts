import { createHmac, createPublicKey } from 'node:crypto';
import { CompactSign, type JWTPayload, SignJWT } from 'jose';
import type { TokenRefusal } from '../contract.ts';
import { signingKey } from './key-server.ts';
import { SECRET } from './test-service.ts';

const SECOND_SECRET = 'a second secret of the CRM and just as long';
export const SECRETS = [SECRET, SECOND_SECRET];
export const ISSUER = 'https://crm.example.com';

const rsa = await signingKey('RS256', 'rsa');
const ec = await signingKey('ES256', 'ec');
const stranger = await signingKey('RS256', 'rsa');
/** What the CRM publishes. */
export const PUBLISHED_KEYS = [rsa.publicJwk, ec.publicJwk];

const now = Math.floor(Date.now() / 1000);
const bytes = (text: string) => new TextEncoder().encode(text);
const base64url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const good: JWTPayload = { aud: 'almasar-dialer', sub: 'mona', iss: ISSUER, iat: now, exp: now + 300 };

/** With HS256, by whatever text; header and claims as they stand. */
function byHand(header: object | string, claims: object | string, secret: string | Buffer = SECRET): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const hs256 = (claims: object = {}, secret = SECRET) => byHand({ alg: 'HS256' }, { ...good, ...claims }, secret);

function withKey(claims: object = {}, header: object = {}, key = rsa): Promise<string> {
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header })
    .sign(key.privateKey);
}

/** What the public key looks like to somebody who would use it as a secret. */
function pem(format: 'spki' | 'pkcs1'): string {
  return createPublicKey({ key: rsa.publicJwk, format: 'jwk' }).export({ type: format, format: 'pem' }).toString();
}

/** What is wrong with it, the reason that the service gives, and the token. */
export type BadToken = readonly [name: string, reason: TokenRefusal, token: () => string | Promise<string>];

const BY_SECRET: BadToken[] = [
  ['text', 'malformed', () => 'mona'],
  ['two parts', 'malformed', () => hs256().split('.').slice(0, 2).join('.')],
  ['four parts', 'malformed', () => `${hs256()}.e30`],
  ['encrypted (five parts)', 'malformed', () => 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..a.b.c'],
  ['9 kB long', 'malformed', () => hs256({ name: 'm'.repeat(9000) })],
  ['alg none', 'algorithm', () => `${base64url({ alg: 'none' })}.${base64url(good)}.`],
  ['alg None, with a signature', 'algorithm', () => byHand({ alg: 'None' }, good)],
  ['alg missing', 'malformed', () => byHand({ typ: 'JWT' }, good)],
  ['alg a list', 'malformed', () => byHand({ alg: ['HS256'] }, good)],
  ['alg HS512', 'algorithm', () => new SignJWT(good).setProtectedHeader({ alg: 'HS512' }).sign(bytes(SECRET))],
  ['alg RS256', 'algorithm', () => withKey()],
  ['alg hs256 in small letters', 'algorithm', () => byHand({ alg: 'hs256' }, good)],
  ['a header that names alg twice', 'malformed', () => byHand('{"alg":"none","alg":"HS256"}', good)],
  ['a critical extension', 'malformed', () => byHand({ alg: 'HS256', crit: ['x'], x: 1 }, good)],
  ['another secret', 'signature', () => hs256({}, 'another secret that is long enough too')],
  ['the secret and a blank', 'signature', () => hs256({}, `${SECRET} `)],
  ['both secrets as they stand in the setting', 'signature', () => hs256({}, `${SECRET},${SECOND_SECRET}`)],
  ['an empty signature', 'signature', () => `${hs256().split('.').slice(0, 2).join('.')}.`],
  [
    'the signature of other claims',
    'signature',
    () => hs256().replace(/\.[^.]*\./, `.${base64url({ ...good, sub: 'boss' })}.`),
  ],
  ['no aud', 'claim', () => hs256({ aud: undefined })],
  ['aud of somebody else', 'claim', () => hs256({ aud: 'crm' })],
  ['aud in other letters', 'claim', () => hs256({ aud: 'Almasar-Dialer' })],
  ['aud a list without us', 'claim', () => hs256({ aud: ['crm', 'billing'] })],
  ['aud of the phone’s sessions', 'clock', () => hs256({ aud: 'almasar-phone' })],
  ['no sub', 'claim', () => hs256({ sub: undefined })],
  ['sub empty', 'claim', () => hs256({ sub: '' })],
  ['sub a number', 'claim', () => hs256({ sub: 7 })],
  ['sub endless', 'claim', () => hs256({ sub: 'م'.repeat(60) })],
  ['sub half a character', 'claim', () => byHand({ alg: 'HS256' }, JSON.stringify(good).replace('mona', '\\ud800'))],
  ['no iat', 'claim', () => hs256({ iat: undefined })],
  ['iat text', 'claim', () => hs256({ iat: String(now) })],
  ['no exp', 'claim', () => hs256({ exp: undefined })],
  ['exp null', 'claim', () => hs256({ exp: null })],
  ['exp before iat', 'life', () => hs256({ iat: now + 30, exp: now + 20 })],
  ['exp endless', 'claim', () => byHand({ alg: 'HS256' }, JSON.stringify(good).replace(String(now + 300), '1e999'))],
  ['a life of ten minutes and a second', 'life', () => hs256({ exp: now + 601 })],
  ['expired', 'clock', () => hs256({ iat: now - 600, exp: now - 120 })],
  ['dated in the future', 'clock', () => hs256({ iat: now + 300, exp: now + 500 })],
  ['nbf in the future', 'clock', () => hs256({ nbf: now + 200 })],
  ['nbf text', 'claim', () => hs256({ nbf: 'now' })],
  ['sub twice', 'malformed', () => byHand({ alg: 'HS256' }, JSON.stringify(good).replace('{', '{"sub":"boss",'))],
  [
    'sub twice, once in disguise',
    'malformed',
    () => byHand({ alg: 'HS256' }, JSON.stringify(good).replace('{', '{"s\\u0075b" : "boss",')),
  ],
  ['claims a list', 'claim', () => byHand({ alg: 'HS256' }, [good])],
  ['claims null', 'claim', () => byHand({ alg: 'HS256' }, 'null')],
  ['claims not JSON', 'malformed', () => byHand({ alg: 'HS256' }, 'sub=mona')],
  ['caller IDs that are no numbers', 'claim', () => hs256({ callerIds: ['0100'] })],
  ['caller IDs without any', 'claim', () => hs256({ callerIds: [] })],
];

const BY_KEYS: BadToken[] = [
  ['HS256 with the public key (SPKI)', 'algorithm', () => byHand({ alg: 'HS256', kid: 'rsa' }, good, pem('spki'))],
  ['HS256 with the public key (PKCS #1)', 'algorithm', () => byHand({ alg: 'HS256', kid: 'rsa' }, good, pem('pkcs1'))],
  [
    'HS256 with the public key’s n',
    'algorithm',
    () => byHand({ alg: 'HS256', kid: 'rsa' }, good, Buffer.from(rsa.publicJwk.n!, 'base64url')),
  ],
  ['HS256 with nothing', 'algorithm', () => byHand({ alg: 'HS256', kid: 'rsa' }, good, '')],
  ['alg none', 'algorithm', () => `${base64url({ alg: 'none', kid: 'rsa' })}.${base64url(good)}.`],
  [
    'alg RS512',
    'algorithm',
    async () => {
      const { privateKey } = await signingKey('RS512', 'rsa');
      return new SignJWT(good).setProtectedHeader({ alg: 'RS512', kid: 'rsa' }).sign(privateKey);
    },
  ],
  [
    'alg PS256',
    'algorithm',
    async () => {
      const { privateKey } = await signingKey('PS256', 'rsa');
      return new SignJWT(good).setProtectedHeader({ alg: 'PS256', kid: 'rsa' }).sign(privateKey);
    },
  ],
  ['no kid', 'key', () => withKey({}, { kid: undefined })],
  ['kid of nobody', 'key', () => withKey({}, { kid: 'nobody' })],
  ['kid of another kind of key', 'key', () => withKey({}, { kid: 'ec' })],
  ['kid a path', 'key', () => withKey({}, { kid: '../../dev/null' })],
  ['a key of its own in the header', 'signature', async () => withKey({}, { jwk: stranger.publicJwk }, stranger)],
  ['an address of keys in the header', 'signature', () => withKey({}, { jku: 'http://127.0.0.1:1/keys' }, stranger)],
  ['a stranger’s key', 'signature', () => withKey({}, {}, stranger)],
  ['no iss', 'claim', () => withKey({ iss: undefined })],
  ['iss of somebody else', 'claim', () => withKey({ iss: `${ISSUER}/` })],
  ['aud of somebody else', 'claim', () => withKey({ aud: ISSUER })],
  ['expired', 'clock', () => withKey({ iat: now - 600, exp: now - 120 })],
  ['a life of an hour', 'life', () => withKey({ exp: now + 3600 })],
  [
    'claims that are not text',
    'malformed',
    () =>
      new CompactSign(new Uint8Array([0xff, 0xfe]))
        .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
        .sign(rsa.privateKey),
  ],
];

/** Tokens to refuse, by AUTH_MODE. */
export const BAD_TOKENS = { jwt: BY_SECRET, jwks: BY_KEYS } as const;

/** Tokens to take: either secret, either kind of key, `aud` in a list. */
export const GOOD_TOKENS = {
  jwt: [
    hs256(),
    hs256({}, SECOND_SECRET),
    hs256({ aud: ['crm', 'almasar-dialer'], nbf: now, data: { sub: 'x', aud: '"sub":' } }),
  ],
  jwks: [await withKey(), await new SignJWT(good).setProtectedHeader({ alg: 'ES256', kid: 'ec' }).sign(ec.privateKey)],
} as const;
