/** A figure held against a budget (facts/performance D). */
export interface Verdict {
  budget: number;
  what: string;
  /** Ours, and the baseline's in the same run. */
  ours: string;
  baseline?: string;
  /** What is judged: ours over the baseline, or a figure with a limit of its own. NaN: it could not be measured. */
  value: number;
  unit: 'x' | 'ms' | 'µs';
  limit: number;
  /** Whether more is better. */
  atLeast?: boolean;
  /** The ceiling (of `atLeast`, the floor): worse than this is a fault, however busy the machine. */
  most?: number;
  /** Why it is as it is, in a few words. */
  note?: string;
}

type Word = 'met' | 'MISSED' | 'BROKEN' | 'NOT MEASURED';
const verdicts: (Verdict & { word: Word })[] = [];

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

export function say(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

function figure(value: number, unit: Verdict['unit']): string {
  return unit === 'x' ? `${value.toFixed(2)}x` : `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`;
}

function wordOf({ value, limit, atLeast = false, most = atLeast ? 0 : Infinity }: Verdict): Word {
  if (Number.isNaN(value)) return 'NOT MEASURED';
  if (atLeast ? value >= limit : value <= limit) return 'met';
  return (atLeast ? value < most : value > most) ? 'BROKEN' : 'MISSED';
}

function line({
  budget,
  what,
  ours,
  baseline = '',
  value,
  unit,
  limit,
  atLeast,
  most,
  note,
  word,
}: (typeof verdicts)[number]) {
  const sign = atLeast ? '≥' : '≤';
  const ceiling = most === undefined ? '' : `, never ${atLeast ? 'under' : 'over'} ${figure(most, unit)}`;
  const judged =
    word === 'NOT MEASURED'
      ? word
      : `${figure(value, unit).padStart(10)}  ${word} (${sign} ${figure(limit, unit)}${ceiling})`;
  const why = note === undefined ? '' : `; ${note}`;
  return `  ${String(budget).padStart(2)}  ${what.padEnd(44)}${ours.padStart(16)}${baseline.padStart(16)}  ${judged}${why}\n`;
}

/** Prints a figure beside its budget, and keeps it for the table at the end. */
export function verdict(given: Verdict): void {
  const judged = { ...given, word: wordOf(given) };
  verdicts.push(judged);
  process.stdout.write(line(judged));
}

/** A budget that could not be measured, and why. */
export function notMeasured(budget: number, what: string, note: string): void {
  verdict({ budget, what, ours: '', value: NaN, unit: 'x', limit: NaN, note });
}

/** Every budget of the run once more; false when one was not measured, or is worse than it may ever be. */
export function summary(): boolean {
  title('Budgets');
  process.stdout.write(`      ${'what'.padEnd(44)}${'ours'.padStart(16)}${'baseline'.padStart(16)}       ratio\n`);
  for (const each of verdicts) process.stdout.write(line(each));
  return verdicts.every(({ word }) => word === 'met' || word === 'MISSED');
}

/** Two figures of the same run whose ratio is held against a budget. */
export interface Comparison extends Pick<Verdict, 'budget' | 'what' | 'limit' | 'atLeast' | 'most'> {
  ours: number;
  theirs: number;
  unit: string;
  digits?: number;
}

export function compare({ ours, theirs, unit, digits = 0, ...budget }: Comparison): void {
  const written = (value: number) => `${value.toFixed(digits)}${unit}`;
  verdict({ ...budget, ours: written(ours), baseline: written(theirs), value: ours / theirs, unit: 'x' });
}
