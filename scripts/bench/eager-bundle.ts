import { build } from 'esbuild';
import { packageVersion } from '../build/package-version.ts';

/** Everything in one script that is run at once: what a page would pay if nothing of the widget were lazy. */
export async function eagerBundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import './widget/boot.ts';
        import * as all from './widget/index.ts';
        import * as dialer from './widget/phone-dialer.ts';
        import * as sdk from '@twilio/voice-sdk';
        import * as ar from './widget/locales/ar.ts';
        import * as en from './widget/locales/en.ts';
        globalThis.everything = [all, dialer, sdk, ar, en];`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    define: { __VERSION__: JSON.stringify(packageVersion()) },
  });
  return outputFiles[0]!.text;
}
