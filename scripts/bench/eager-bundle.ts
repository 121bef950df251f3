import { build } from 'esbuild';
import { packageVersion } from '../build/package-version.ts';

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
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

/** The least that is a Lit element: one paragraph. */
export function litBundle(): Promise<string> {
  return bundled(`
    import { html, LitElement } from 'lit';
    customElements.define('bench-lit', class extends LitElement { render() { return html\`<p>\${this.lang}</p>\`; } });`);
}

/** Everything in one script that is run at once: what a page would pay if nothing of the widget were lazy. */
export function eagerBundle(): Promise<string> {
  return bundled(`
    import './widget/boot.ts';
    import * as all from './widget/index.ts';
    import * as dialer from './widget/phone-dialer.ts';
    import * as sdk from '@twilio/voice-sdk';
    import * as ar from './widget/locales/ar.ts';
    import * as en from './widget/locales/en.ts';
    globalThis.everything = [all, dialer, sdk, ar, en];`);
}
