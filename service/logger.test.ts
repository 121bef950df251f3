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

test('a number is masked however it is written; what only looks like one is not', () => {
  let written = '';
  const logger = createLogger('info', { destination: { write: (line: string) => void (written = line) } });
  const numbers = {
    '01001234500': '*******4500',
    '2461000': '***1000',
    '(02) 2461-0000': '(**) ****-0000',
    'tel:010 0123 4500': 'tel:*** **** 4500',
    'first\n01001234500': 'first\n*******4500',
    'to=%2B201001234500': 'to=%2B********4500',
    '٠١٠٠١٢٣٤٥٠٠': '*******٤٥٠٠',
  };
  for (const [number, masked] of Object.entries(numbers)) {
    logger.error({ err: new Error(`not dialled: ${number}`) }, number);
    const { msg, err } = JSON.parse(written) as { msg: string; err: { message: string } };
    assert.deepEqual([msg, err.message], [masked, `not dialled: ${masked}`]);
  }
  const others = [
    'CA12345678901234567890123456789012',
    '/api/calls/12345678-1234-7234-8234-123456789012',
    '2026-11-28T09:00:00.000Z',
    '127.0.0.1:54321',
    'error 21215 after 5000 ms',
  ];
  const counts = { bytes: 12345678, ids: [12345678, 1234567890123] };
  logger.info({ others, ...counts }, 'request');
  const { time, ...line } = JSON.parse(written) as Record<string, unknown>;
  assert.deepEqual(line, { level: 30, others, ...counts, msg: 'request' });
  assert.equal(typeof time, 'number');
});

test('what is too short to be a secret is not taken out of the words around it', () => {
  let written = '';
  const destination = { write: (line: string) => void (written += line) };
  const logger = createLogger('info', { secrets: ['', 'request', '8 signs!'], destination });
  logger.info({ detail: 'of 8 signs!' }, 'request');
  assert.match(written, /"detail":"of \[removed\]".*"msg":"request"/);
});
