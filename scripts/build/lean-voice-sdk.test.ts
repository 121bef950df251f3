import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { leanVoiceSdk } from './lean-voice-sdk.ts';

type ErrorClass = new (given?: unknown, original?: unknown) => Error & { code: number; originalError: unknown };

interface Errors {
  errorsByCode: ReadonlyMap<number, ErrorClass>;
  TwilioError: ErrorClass;
}

const GENERATED = resolve('node_modules/@twilio/voice-sdk/esm/twilio/errors/generated.js');

/** The module of errors as the build leaves it. */
async function leanErrors(): Promise<Errors> {
  const { buildEnd: _all, ...plugin } = leanVoiceSdk();
  const bundle = await rollup({ input: GENERATED, plugins: [plugin] });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return (await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)) as Errors;
}

describe('the errors of the lean Voice SDK', () => {
  let whole: Errors & Record<string, Record<string, ErrorClass>>;
  let lean: Errors & Record<string, Record<string, ErrorClass>>;

  before(async () => {
    whole = (await import(pathToFileURL(GENERATED).href)) as typeof whole;
    lean = (await leanErrors()) as typeof lean;
  });

  it('have the SDK’s codes, names and groups', () => {
    assert.ok(whole.errorsByCode.size > 30);
    assert.deepEqual(new Set(lean.errorsByCode.keys()), new Set(whole.errorsByCode.keys()));
    assert.deepEqual(Object.keys(lean).toSorted(), Object.keys(whole).toSorted());
    for (const [group, classes] of Object.entries(whole)) {
      if (group === 'errorsByCode' || group === 'TwilioError') continue;
      for (const name of Object.keys(classes)) {
        const [ours, theirs] = [new lean[group]![name]!(), new whole[group]![name]!()];
        assert.deepEqual([ours.code, ours.name], [theirs.code, theirs.name]);
        assert.equal(lean.errorsByCode.get(theirs.code), lean[group]![name]);
      }
    }
  });

  it('are errors of their class, with what they were made of', () => {
    const Busy = lean.errorsByCode.get(31486)!;
    const cause = new Error('SIP 486');
    const error = new Busy('busy', cause);
    assert.ok(error instanceof Busy && error instanceof lean.TwilioError && error instanceof Error);
    assert.equal(error.message, 'BusyHere (31486): busy');
    assert.equal(error.originalError, cause);
    assert.equal(new Busy(cause).originalError, cause);
    assert.equal(error instanceof lean.errorsByCode.get(31404)!, false);
  });
});

describe('the lean Voice SDK', () => {
  it('is not built from an SDK that has become another', async () => {
    const plugin = leanVoiceSdk();
    const other = rollup({
      input: 'other',
      plugins: [plugin, { name: 'other', resolveId: (id) => id, load: () => 'export {}' }],
    });
    await assert.rejects(other, /The Voice SDK has changed: it has no twilio\.js/);
  });
});
