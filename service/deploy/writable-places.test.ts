/** Where nothing but one place may be written to, what the settings' examples name lies in that place. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('copies of recordings, as .env.example names them, lie in the image’s volume and in the unit’s own directory', () => {
  const example = /^#.*\bfile:\.\/(\w+)\/recordings\b/m.exec(file('.env.example'));
  assert.equal(example?.[1], 'data');
  const dockerfile = file('Dockerfile');
  const [, volume] = /^VOLUME (\S+)$/m.exec(dockerfile)!;
  assert.match(dockerfile, new RegExp(`^RUN .*\\bln -s ${volume} ${example[1]}$`, 'm'));
  const unit = file('service/deploy/almasar.service');
  const [, directory] = /^StateDirectory=(\S+)$/m.exec(unit)!;
  const [, home] = /^WorkingDirectory=(\S+)$/m.exec(unit)!;
  assert.match(unit, new RegExp(`^# +ln -s /var/lib/${directory} ${home}/${example[1]}\\b`, 'm'));
});

test('a node whose disk is read-only has a place for temporary files', () => {
  const compose = file('compose.yml');
  assert.match(compose, /^ {2}read_only: true$/m);
  assert.match(compose, /^ {2}tmpfs: \[\/tmp\]$/m);
});
