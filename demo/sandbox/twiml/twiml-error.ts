/** A document that cannot be run. The code is Twilio's: 12100 for XML, 12200 for what the verbs do not allow. */
export class TwimlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
