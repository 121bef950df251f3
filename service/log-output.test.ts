import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createLogOutput } from './log-output.ts';
import { createLogger } from './logger.ts';

let directory: string;
before(() => (directory = mkdtempSync(join(tmpdir(), 'almasar-log-'))));
after(() => rmSync(directory, { recursive: true }));

test('lines arrive whole and in order, once the turn is over', async () => {
  const file = join(directory, 'log');
  const fd = openSync(file, 'w');
  const output = createLogOutput(fd);
  for (let line = 0; line < 1000; line += 1) output.write(`خط ${line}\n`);
  await turn();
  output.write('last\n');
  output.flush();
  closeSync(fd);
  const lines = readFileSync(file, 'utf8').split('\n');
  assert.deepEqual([lines[0], lines[999], lines[1000], lines.length], ['خط 0', 'خط 999', 'last', 1002]);
});

test('a place that takes nothing stops nobody', async () => {
  const fd = openSync('/dev/full', 'w');
  const output = createLogOutput(fd);
  output.write('lost\n');
  await turn();
  output.write('lost, too\n');
  output.flush();
  closeSync(fd);
});

test('many loggers in one process listen for its end once', () => {
  const had = process.listenerCount('exit');
  for (let logger = 0; logger < 3; logger += 1) createLogger('silent');
  assert.equal(process.listenerCount('exit'), had + 1);
});
