import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal in the form of Twilio's REST API. */
export class RestError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: number;

  constructor(status: ContentfulStatusCode, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function notFound(what: string): RestError {
  return new RestError(404, 20404, `The requested resource ${what} was not found`);
}

export function restErrorResponse(error: RestError, c: Context): Response {
  const { status, code, message } = error;
  return c.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);
}
