import { median } from './bench-browser.ts';

/** A figure held against a budget: at most `limit`. */
export interface Verdict {
  what: string;
  value: number;
  limit: number;
  unit: 'ms' | 'x' | 'tasks';
  /** What it was where it is more than the budget: it may not get worse. */
  most?: number;
}

/** Every verdict of this run. */
const verdicts: (Verdict & { word: 'within' | 'OVER' | 'BROKEN' | 'NOT MEASURED' })[] = [];

function figure(value: number, unit: Verdict['unit']): string {
  return unit === 'tasks' ? `${value} tasks` : `${unit === 'x' ? value.toFixed(4) : value.toFixed(1)} ${unit}`;
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

function line({ what, value, limit, most, unit, word }: (typeof verdicts)[number]): string {
  const ceiling = most === undefined ? '' : ` (at most ${figure(most, unit)})`;
  const measured =
    word === 'NOT MEASURED' ? word : `${figure(value, unit).padStart(11)}   ${word} ${figure(limit, unit)}${ceiling}`;
  return `  ${what.padEnd(58)}${measured}\n`;
}

/** Prints a figure beside its budget, and keeps it for `summary`. */
export function verdict(given: Verdict): void {
  const { value, limit, most = Infinity } = given;
  const over = value > most ? 'BROKEN' : 'OVER';
  const judged = { ...given, word: Number.isNaN(value) ? 'NOT MEASURED' : value <= limit ? 'within' : over } as const;
  verdicts.push(judged);
  process.stdout.write(line(judged));
}

/** Every budget of the run once more; whether nothing got worse than it may be. */
export function summary(): boolean {
  title('Budgets');
  for (const each of verdicts) process.stdout.write(line(each));
  return verdicts.every(({ word }) => word === 'within' || word === 'OVER');
}
