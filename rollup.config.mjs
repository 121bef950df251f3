import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { compactTemplates } from './scripts/build/compact-templates.ts';
import { bootScripts } from './scripts/build/boot-scripts.ts';
import { leanLit } from './scripts/build/lean-lit.ts';
import { moduleEntry } from './scripts/build/module-entry.ts';
import { phoneMetadata } from './scripts/build/phone-metadata.ts';
import { sounds } from './scripts/build/sounds.ts';
import { precompressed } from './scripts/build/precompressed.ts';
import { packageVersion } from './scripts/build/package-version.ts';

const typescript = esbuild({ target: 'es2022', define: { __VERSION__: JSON.stringify(packageVersion()) } });

const SMALL = {
  module: true,
  ecma: 2022,
  // None of ours, of Lit's or of the SDK's getters is read for what it does.
  compress: {
    passes: 4,
    keep_fargs: false,
    lhs_constants: false,
    pure_getters: true,
    sequences: false,
    unsafe: true,
    unsafe_arrows: true,
  },
  format: { comments: false, quote_style: 2 },
};
const small = terser(SMALL);
/** The Voice SDK's private names, all of which begin with `_`, are shortened too: 1.7 kB. What is quoted is left alone. */
const smallSdk = terser({
  ...SMALL,
  // It makes things with `new` of functions that would be arrows then: its reports of how a call sounds, for one.
  compress: { ...SMALL.compress, unsafe_arrows: false },
  mangle: { properties: { regex: /^_[a-z]/i, keep_quoted: true } },
});
const minified = {
  name: 'minified',
  renderChunk(code, chunk, ...rest) {
    const isSdk = chunk.facadeModuleId?.includes('/@twilio/voice-sdk/');
    return (isSdk ? smallSdk : small).renderChunk.call(this, code, chunk, ...rest);
  },
};

/** Scripts that pages name; everything else is named by what is in it. */
const STABLE = new Set(['almasar-dialer', 'phone-window']);

/** The widget: one small script by a stable name, everything else in hashed chunks that never change. */
const widget = {
  input: { 'almasar-dialer': 'widget/boot.ts', index: 'widget/index.ts', 'phone-window': 'widget/phone-window.ts' },
  // Else the entry that other chunks import from becomes two files.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: ({ name }) => (STABLE.has(name) ? '[name].js' : 'chunks/[name]-[hash:6].js'),
    chunkFileNames: 'chunks/[name]-[hash:6].js',
    hashCharacters: 'base36',
    experimentalMinChunkSize: 200,
    minifyInternalExports: true,
    sourcemap: false,
  },
  plugins: [
    leanLit(),
    nodeResolve({ browser: true, preferBuiltins: false }),
    commonjs(),
    typescript,
    bootScripts('index', ['phone-dialer', 'service-events', 'twilio']),
    minified,
    compactTemplates(),
    moduleEntry('index'),
    phoneMetadata(),
    sounds(),
    precompressed(),
  ],
};

/** For documents in frames of other origins: one file that is a script as well as a module, and leaves nothing behind. */
const bridge = {
  input: { 'almasar-bridge': 'widget/bridge.ts' },
  output: { dir: 'dist', format: 'iife', entryFileNames: '[name].js' },
  plugins: [typescript, small, precompressed()],
};

/** The demo page's own script: names for the call log. */
const demoPage = {
  input: { page: 'demo/call-center/page.ts' },
  output: { dir: 'dist/demo', format: 'es' },
  plugins: [nodeResolve({ browser: true }), typescript],
};

/** What frameworks ask of their bundler: their production code, and of Vue only what render functions need. */
const frameworks = esbuild({
  include: /node_modules\/(react|react-dom|scheduler|@?vue)\//,
  exclude: [],
  target: 'es2022',
  minifySyntax: true,
  sourceMap: false,
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
});

/** The scripts of the example pages. */
const examples = [
  ['react', 'demo/examples/react/main.tsx'],
  ['vue', 'demo/examples/vue/main.ts'],
  ['strict-csp', 'demo/examples/strict-csp/page.ts'],
].map(([name, input]) => ({
  input: { [name]: input },
  output: { dir: 'dist/demo/examples', format: 'es' },
  plugins: [
    nodeResolve({ browser: true }),
    frameworks,
    commonjs(),
    esbuild({ target: 'es2022', jsx: 'automatic', sourceMap: false, tsconfig: false }),
  ],
}));

export default [widget, bridge, demoPage, ...examples];
