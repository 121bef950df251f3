import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signature, signedUrl } from './signature.ts';

const TOKEN = '12345';
const FIELDS = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675310',
  Digits: '1234',
  From: '+14158675310',
  To: '+18005551212',
};

describe('X-Twilio-Signature', () => {
  it('gives the published signature of a form POST', () => {
    const url = 'https://example.com/myapp.php?foo=1&bar=2';
    assert.equal(signature(TOKEN, url, FIELDS), 'L/OH5YylLD5NRKLltdqwSvS0BnU=');
  });

  it('gives the published signature of the library of Twilio', () => {
    const fields = { ...FIELDS, Caller: '+14158675309', From: '+14158675309' };
    assert.equal(
      signature(TOKEN, 'https://mycompany.com/myapp.php?foo=1&bar=2', fields),
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    );
  });

  it('gives the published signature of an address with a body hash and no fields', () => {
    const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
    const url = `https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=${hash}`;
    assert.equal(signature(TOKEN, url), 'a9nBmqA0ju/hNViExpshrM61xv4=');
  });

  it('does not depend on the order in which fields are given', () => {
    const reversed = Object.fromEntries(Object.entries(FIELDS).toReversed());
    assert.equal(signature(TOKEN, 'http://a.test/', reversed), signature(TOKEN, 'http://a.test/', FIELDS));
  });

  for (const [given, signed] of [
    ['https://user:pass@a.test:8443/x?y=1#rc=3', 'https://a.test/x?y=1'],
    ['http://user@a.test:8080/x#rc=3&rp=ct,rt', 'http://a.test:8080/x'],
    ['https://a.test', 'https://a.test/'],
    ["https://a.test/it's?q=%27", "https://a.test/it's?q=%27"],
  ] as const) {
    it(`signs ${given} as ${signed}`, () => assert.equal(signedUrl(given), signed));
  }
});
