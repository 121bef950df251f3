import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from './contract.ts';

/** The one place where an error code gets its HTTP status. */
const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  'invalid-request': 400,
  unauthenticated: 401,
  'role-refused': 403,
  'too-many-requests': 429,
  'signature-invalid': 403,
  'link-invalid': 403,
  'link-expired': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'call-id-taken': 409,
  'call-over': 409,
  'note-changed': 409,
  'phone-gone': 409,
  'disposition-unknown': 422,
  'call-back-time-refused': 400,
  'time-zone-unknown': 422,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'number-invalid': 422,
  'number-emergency': 422,
  'number-short': 422,
  'number-type-refused': 422,
  'country-refused': 422,
  'no-caller-id': 422,
  'caller-id-refused': 422,
  'outgoing-stopped': 403,
  'agent-blocked': 403,
  'calls-too-many': 429,
  'calls-at-once': 429,
  'number-called-too-often': 429,
  'spend-limit': 429,
  'recording-required': 422,
  'not-recorded': 422,
  'recording-not-running': 409,
  'recording-not-ready': 404,
  'recording-deleted': 410,
  'recording-encrypted': 422,
  'carrier-unreachable': 502,
  'service-busy': 503,
  internal: 500,
};

/** An answer that says what to do: thrown anywhere in a request, rendered once in app.ts. */
export class ServiceError extends HTTPException {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(STATUS[code], { message, cause });
    this.name = 'ServiceError';
    this.code = code;
  }
}
