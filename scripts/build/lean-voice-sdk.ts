import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rollup';

const SDK = '/@twilio/voice-sdk/esm/';

type ErrorClass = new () => { readonly code: number };

/** The SDK's errors by name and code, without the essays on causes and solutions, which no agent gets to read. */
async function errorsModule(id: string): Promise<string> {
  const module = (await import(pathToFileURL(id).href)) as Record<string, Record<string, ErrorClass>>;
  const groups = Object.entries(module).filter(([name]) => name !== 'TwilioError' && name !== 'errorsByCode');
  const lists = groups.map(([group, classes]) => {
    const errors = Object.entries(classes).map(([name, Class]) => `${name} ${new Class().code}`);
    return `export const ${group} = errors(${JSON.stringify(errors.join())});`;
  });
  return `
    import TwilioError from './twilioError.js';
    export { TwilioError };
    export const errorsByCode = new Map();
    const errors = (list) => Object.fromEntries(list.split(',').map((each) => {
      const [name, code] = each.split(' ');
      class CarrierError extends TwilioError {
        constructor(given, original) {
          super(given, original);
          Object.setPrototypeOf(this, CarrierError.prototype);
          this.name = name;
          this.code = +code;
          this.message = name + ' (' + code + '): ' + (typeof given === 'string' ? given : '');
        }
      }
      errorsByCode.set(+code, CarrierError);
      return [name, CarrierError];
    }));
    ${lists.join('\n')}`;
}

/** By path in the SDK: what stands in for the module, and why no call of ours can tell. */
const MODULES: Readonly<Record<string, (id: string) => string | Promise<string>>> = {
  // All that we ask for: `VoiceSdk` in widget/phone/voice-sdk.ts.
  'twilio.js': () => `
    export { default as Call } from './twilio/call.js';
    export { default as Device } from './twilio/device.js';`,
  // The log level is `silent`.
  'twilio/log.js': () => `
    export default class Log {
      debug() {} info() {} warn() {} error() {} setDefaultLevel() {}
    }`,
  'twilio/errors/generated.js': errorsModule,
  // `Device.runPreflight()`; the line check is ours.
  'twilio/preflight/preflight.js': () => 'export class PreflightTest {}',
  // For browsers whose `getStats()` wants a callback: gone since 2017.
  'twilio/rtc/mockrtcstatsreport.js': () => 'export default {};',
};

/** What of the Voice SDK's log no reader has: a call of it is nothing, if its arguments are. */
export const SILENT_CALLS = ['this', 'pc', 'self'].flatMap((owner) =>
  ['debug', 'info', 'warn', 'error'].map((level) => `${owner}._log.${level}`),
);

/**
 * Leaves out of the Voice SDK's bundle what the widget can never come to: a quarter of it. Fails where a version of the
 * SDK has no such module any more, so that nothing is left out by mistake.
 */
export function leanVoiceSdk(): Plugin {
  const left = new Set([...Object.keys(MODULES), 'events', 'loglevel']);
  return {
    name: 'lean-voice-sdk',
    resolveId(source, importer) {
      if (!importer?.includes(SDK) || !/^(events|loglevel)$/.test(source)) return null;
      left.delete(source);
      return source === 'events' ? resolve('widget/phone/sdk-event-emitter.ts') : '\0no-loglevel';
    },
    async load(id) {
      if (id === '\0no-loglevel') return 'export const levels = {};';
      const path = id.split(SDK)[1];
      const stand = path === undefined ? undefined : MODULES[path];
      if (path === undefined || !stand) return null;
      left.delete(path);
      return stand(id);
    },
    buildEnd(error) {
      if (!error && left.size > 0) this.error(`The Voice SDK has changed: it has no ${[...left].join(', ')}.`);
    },
  };
}
