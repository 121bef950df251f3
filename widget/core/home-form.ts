/** How the numbers of one country are written at home, as libphonenumber has it; cut out of libphonenumber-js by the build. */
export interface NumberForms {
  /** `20` */
  readonly callingCode: string;
  /** For a number without calling code: what it has to match as a whole, and what it becomes (`0$1 $2`). The first one counts. */
  readonly forms: readonly (readonly [pattern: string, written: string])[];
}

/** Numbers of the home country, as its people write them. */
export interface HomeForm {
  /** `+201001234501` becomes `010 01234501`; undefined for a number of another country. */
  write(e164: string): string | undefined;
  /** The number that was written so; undefined for any other text. */
  read(written: string): string | undefined;
}

/** Digits that may precede a number at home: `06` in Hungary, `0` in Egypt, none in Spain. */
const PREFIX_LENGTHS = [0, 1, 2];

export function homeForm({ callingCode, forms }: NumberForms): HomeForm {
  const code = `+${callingCode}`;
  const patterns = forms.map(([pattern, written]) => [new RegExp(pattern), written] as const);

  function write(e164: string): string | undefined {
    if (!e164.startsWith(code)) return undefined;
    const national = e164.slice(code.length);
    const [pattern, written] = patterns.find(([each]) => each.test(national)) ?? [];
    return pattern && national.replace(pattern, written!);
  }

  function read(written: string): string | undefined {
    const digits = written.replace(/\D/g, '');
    const numbers = PREFIX_LENGTHS.map((length) => code + digits.slice(length)).filter(
      (each) => write(each) === written,
    );
    // Two in Gabon and Uruguay, whose numbers may begin with the 0 that precedes others: rather none than the wrong one.
    return numbers.length === 1 ? numbers[0] : undefined;
  }

  return { write, read };
}
