/** `npm run build`: everything in dist/, from nothing. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { buildService } from './build/service-bundle.ts';
import { vscodeData, type Manifest } from './build/vscode-data.ts';
import { must } from './run.ts';

rmSync('dist', { recursive: true, force: true });
await must('rollup', ['-c', '--silent']);
copyFileSync('widget/phone-window.css', 'dist/phone-window.css');
await must('tsc', ['-p', 'tsconfig.types.json']);
await buildService();
await must('cem', ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet']);
const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as Manifest;
writeFileSync('dist/vscode.html-custom-data.json', JSON.stringify(vscodeData(manifest), null, 2));
