import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTwiml } from './parse-twiml.ts';
import { TwimlError } from './twiml-error.ts';

const fail = (message: string): never => assert.fail(message);
const inResponse = (verbs: string, warn: (message: string) => void = fail) =>
  parseTwiml(`<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`, warn);

describe('TwiML', () => {
  it('is read into verbs with the values Twilio takes when none are given', () => {
    assert.deepEqual(inResponse('<Dial>+201001234500</Dial><Hangup/>'), [
      {
        verb: 'Dial',
        nouns: [
          {
            noun: 'Number',
            number: '+201001234500',
            sendDigits: undefined,
            announcement: undefined,
            statusCallback: undefined,
          },
        ],
        action: { url: undefined, method: 'POST' },
        callerId: undefined,
        answerOnBridge: false,
        hangupOnStar: false,
        timeoutSeconds: 30,
        timeLimitSeconds: 14_400,
        record: 'do-not-record',
        trim: false,
        recordingCallback: undefined,
      },
      { verb: 'Hangup' },
    ]);
  });

  it('knows clients with identity and parameters', () => {
    const [dial] = inResponse(`<Dial><Client statusCallback="https://a.test/s" statusCallbackEvent="ringing answered">
      <Identity>agent_7</Identity><Parameter name="crm &amp; id" value=" 7 "/></Client><Client>agent_8</Client></Dial>`);
    assert.ok(dial?.verb === 'Dial');
    assert.deepEqual(dial.nouns, [
      {
        noun: 'Client',
        identity: 'agent_7',
        parameters: { 'crm & id': ' 7 ' },
        announcement: undefined,
        statusCallback: { url: 'https://a.test/s', method: 'POST', events: ['ringing', 'answered'] },
      },
      { noun: 'Client', identity: 'agent_8', parameters: {}, announcement: undefined, statusCallback: undefined },
    ]);
  });

  it('reads prompts inside <Gather>, and the text of marked-up speech', () => {
    const [gather] = inResponse(
      '<Gather numDigits="1" action="/key"><Say>Press <emphasis>one</emphasis>\n or two</Say><Pause length="2"/></Gather>',
    );
    assert.ok(gather?.verb === 'Gather');
    assert.deepEqual(gather.prompts, [
      { verb: 'Say', text: 'Press one or two', language: undefined, loop: 1 },
      { verb: 'Pause', seconds: 2 },
    ]);
  });

  it('lets attributes pass that Twilio knows and the sandbox does without', () => {
    for (const verb of [
      '<Dial ringTone="eg"><Number machineDetection="Enable">+201</Number></Dial>',
      '<Dial recordingConfigurationId="RC1" passports="a">+201</Dial>',
      '<Record recordingConfigurationId="RC1"/>',
      '<Gather debug="true" partialResultCallback="/p" partialResultCallbackMethod="GET"/>',
    ]) {
      assert.equal(inResponse(verb).length, 1);
    }
  });

  it('warns of an attribute that nobody knows, wherever it stands, and does without', () => {
    const warnings: string[] = [];
    const verbs = inResponse(
      '<Dial calerId="+201"><Client fast="1">a<Parameter name="n" value="v" x=""/></Client></Dial><Hangup now="1"/>',
      (message) => warnings.push(message),
    );
    assert.deepEqual(
      verbs.map(({ verb }) => verb),
      ['Dial', 'Hangup'],
    );
    const known = 'that the sandbox knows; it is ignored.';
    assert.deepEqual(warnings.sort(), [
      `<Client> has no attribute "fast" ${known}`,
      `<Dial> has no attribute "calerId" ${known}`,
      `<Hangup> has no attribute "now" ${known}`,
      `<Parameter> has no attribute "x" ${known}`,
    ]);
  });

  it('keeps the words of <Record> and <Redirect>', () => {
    const [record, redirect] = inResponse(
      '<Record maxLength="20" playBeep="false"/><Redirect method="GET">/next?a=1&amp;b=2</Redirect>',
    );
    assert.ok(record?.verb === 'Record' && record.maxLengthSeconds === 20 && !record.playBeep && record.trim);
    assert.deepEqual(redirect, { verb: 'Redirect', url: '/next?a=1&b=2', method: 'GET' });
  });

  for (const [xml, code, message] of [
    ['<Response><Say>Hello</Response>', 12100, /not well-formed XML.*1:/],
    ['{"twiml": true}', 12100, /not well-formed XML/],
    ['', 12100, /not well-formed XML/],
    ['<Twiml/>', 12100, /one <Response>; this one begins with <Twiml>/],
    ['<Response><Dail/></Response>', 12200, /does not know <Dail>; it knows Say, Play/],
    ['<Response><toString/></Response>', 12200, /does not know <toString>/],
    ['<Response><Dial timeout="soon">+201</Dial></Response>', 12200, /timeout="soon" of <Dial> must be a whole number/],
    ['<Response><Dial record="dual">+201</Dial></Response>', 12200, /record="dual" of <Dial> must be one of/],
    ['<Response><Dial/></Response>', 12200, /needs somebody to call/],
    ['<Response><Dial><Sip>sip:a@b</Sip></Dial></Response>', 12200, /cannot dial a <Sip>/],
    ['<Response><Dial><Client/></Dial></Response>', 12200, /needs an identity/],
    ['<Response><Play/></Response>', 12200, /<Play> needs the address/],
    ['<Response><Gather input="speech"/></Response>', 12200, /hears keys only/],
  ] as const) {
    it(`refuses ${xml || 'an empty document'}`, () => {
      assert.throws(
        () => parseTwiml(xml, fail),
        (error) => error instanceof TwimlError && error.code === code && message.test(error.message),
      );
    });
  }
});
