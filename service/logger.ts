import { pino, type Logger } from 'pino';

export type { Logger };

/** `+201001234501` → `+20100*****01`: enough to recognise a number, not enough to call it. */
export function maskNumber(number: string): string {
  return number.replace(/\d(?=\d{2})/g, (digit, at: number) => (at < 6 ? digit : '*'));
}

const NUMBER_IN_TEXT = /\+?\d[\d\s().-]{6,}\d/g;

/** Log lines as JSON. Keys that hold secrets are removed wherever they stand, and numbers in messages are masked. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: ['authorization', 'token', 'accessToken', '*.authorization', '*.token', '*.accessToken', '*.secret'],
      remove: true,
    },
    hooks: {
      logMethod(args, method) {
        const masked = args.map((arg: unknown) =>
          typeof arg === 'string' ? arg.replace(NUMBER_IN_TEXT, (text) => maskNumber(text)) : arg,
        );
        method.apply(this, masked as Parameters<typeof method>);
      },
    },
  });
}
