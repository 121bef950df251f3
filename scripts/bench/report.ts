import { median } from './bench-browser.ts';

/** A figure held against a budget: at most `limit`. */
export interface Verdict {
  what: string;
  value: number;
  limit: number;
  unit: 'ms' | 'x';
}

function figure(value: number, unit: string): string {
  return `${unit === 'x' ? value.toFixed(4) : value.toFixed(1)} ${unit}`;
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** Median and range of every arm. */
export function table(values: Record<string, readonly number[]>, names: Record<string, string>): void {
  for (const [arm, each] of Object.entries(values)) {
    if (each.length === 0) continue;
    const range = `${Math.min(...each).toFixed(1)} to ${Math.max(...each).toFixed(1)}`;
    process.stdout.write(`  ${(names[arm] ?? arm).padEnd(58)}${median(each).toFixed(1).padStart(8)} ms   (${range})\n`);
  }
}

export function verdict({ what, value, limit, unit }: Verdict): void {
  if (Number.isNaN(value)) return void process.stdout.write(`  ${what.padEnd(58)}NOT MEASURED\n`);
  const word = value <= limit ? 'within' : 'OVER';
  process.stdout.write(`  ${what.padEnd(58)}${figure(value, unit).padStart(11)}   ${word} ${figure(limit, unit)}\n`);
}
