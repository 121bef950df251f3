import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CommandLineError, parseCommandLine } from './command-line.ts';

describe('the command line', () => {
  it('asks for nothing when nothing is given', () => {
    assert.deepEqual(parseCommandLine([], { TWILIO_ACCOUNT_SID: '', SANDBOX_NUMBERS: ' ' }), {
      help: false,
      options: { application: {} },
    });
  });

  it('takes flags before the environment', () => {
    const environment = {
      SANDBOX_PORT: '1',
      SANDBOX_HOST: '::1',
      TWILIO_API_KEY: 'SK1',
      TWILIO_API_SECRET: 's',
      TWILIO_TWIML_APP_SID: 'AP1',
      SANDBOX_VOICE_URL: 'http://localhost:3000/voice',
      SANDBOX_NUMBERS: '+20224610001 +20224610002=http://localhost:3000/in?a=b',
    };
    const { options } = parseCommandLine(['--port', '8080', '--media-auth'], environment) as { options: object };
    assert.deepEqual(options, {
      host: '::1',
      port: 8080,
      apiKey: { sid: 'SK1', secret: 's' },
      application: { sid: 'AP1', voiceUrl: 'http://localhost:3000/voice' },
      numbers: [
        { phoneNumber: '+20224610001' },
        { phoneNumber: '+20224610002', voiceUrl: 'http://localhost:3000/in?a=b' },
      ],
      mediaAuth: true,
    });
  });

  for (const [args, message] of [
    [['--prot', '1'], /Unknown option '--prot'/],
    [['extra'], /Unexpected argument 'extra'/],
    [['--port', 'http'], /--port must be a number from 0 to 65535; it is "http"/],
    [['--api-key', 'SK1'], /--api-key and --api-secret together/],
    [['--voice-url', 'localhost:3000'], /--voice-url must be an http\(s\) address/],
    [['--number', '+201=nowhere'], /--number must be an http\(s\) address/],
  ] as const) {
    it(`refuses ${args.join(' ')} with one sentence`, () => {
      assert.throws(
        () => parseCommandLine([...args], {}),
        (error) => error instanceof CommandLineError && message.test(error.message) && !error.message.includes('\n'),
      );
    });
  }
});
