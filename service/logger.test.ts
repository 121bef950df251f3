import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger, maskNumber } from './logger.ts';

test('a masked number can be recognised, not called', () => {
  assert.equal(maskNumber('+201001234501'), '+********4501');
  assert.equal(maskNumber('010 0123 4501'), '*** **** 4501');
});

test('no number, no token and no secret is written, wherever it stands', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const secret = 'with "quotes" and \\ in it';
  const logger = createLogger('debug', { secrets: [secret, ''], destination }).child({ requestId: 'r1' });
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtb25hIn0.c2lnbmF0dXJl';
  logger.error({ err: new Error(`to +201001234501 with ${secret}`), deep: { to: ['+201001234501'] } }, `Bearer ${jwt}`);
  logger.info({ [secret]: secret }, 'request');
  const written = lines.join('');
  assert.equal(lines.length, 2);
  assert.match(written, /"requestId":"r1"/);
  assert.match(written, /\+\*{8}4501/);
  assert.doesNotMatch(written, /1001234501|quotes|eyJ/);
  for (const line of lines) JSON.parse(line);
});

test('what is too short to be a secret is not taken out of the words around it', () => {
  let written = '';
  const destination = { write: (line: string) => void (written += line) };
  const logger = createLogger('info', { secrets: ['', 'request', '8 signs!'], destination });
  logger.info({ detail: 'of 8 signs!' }, 'request');
  assert.match(written, /"detail":"of \[removed\]".*"msg":"request"/);
});
