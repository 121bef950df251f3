import { globSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Modules from npm that are not modules ask for Node's own by `require`. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Programs with what they need of npm. What they load on demand stays in scripts of its own. */
export async function bundlePrograms(entryPoints: string[], outbase: string, outdir: string): Promise<void> {
  await build({
    entryPoints,
    outbase,
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    banner: { js: REQUIRE },
    // Speedups of pg that are asked for and not needed.
    external: ['pg-native', 'pg-cloudflare'],
    logLevel: 'warning',
  });
}

/**
 * The service in dist/service, each program one script with what it needs of npm: it starts in half the time, and runs
 * where there is nothing but Node and dist/. What only some set-ups need is loaded on demand.
 */
export async function buildService(): Promise<void> {
  rmSync('dist/service', { recursive: true, force: true });
  const commands = globSync('service/cli/*.ts').filter((path) => !path.endsWith('.test.ts'));
  await bundlePrograms(['service/main.ts', ...commands], 'service', 'dist/service');
}
