/** `npm run build`: everything in dist/, from nothing. */
import { rmSync } from 'node:fs';
import { must } from './run.ts';

rmSync('dist', { recursive: true, force: true });
await must('rollup', ['-c', '--silent']);
await must('tsc', ['-p', 'tsconfig.types.json']);
await must('tsc', ['-p', 'tsconfig.service.json']);
await must('cem', ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet']);
