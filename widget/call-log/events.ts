import type { CallRecord } from '../../service/contract.ts';

/** The call whose details were opened. */
export interface CallLogOpenDetail {
  readonly callId: string;
  readonly number: string;
  readonly name: string | null;
  readonly direction: CallRecord['direction'];
}

/** What the service now has of a call. */
export interface CallLogSavedDetail {
  readonly callId: string;
  readonly note: string | null;
  readonly disposition: string | null;
  /** When the customer is to be called again, ISO 8601; null: not at all, or it is done. */
  readonly callBackAt: string | null;
}

class CallLogEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail) {
    super(type, { detail: Object.freeze(detail), bubbles: true, composed: true });
  }
}

/** The details of a call are open. */
export class AlmasarCallLogOpenEvent extends CallLogEvent<CallLogOpenDetail> {
  constructor(detail: CallLogOpenDetail) {
    super('almasar-call-log-open', detail);
  }
}

/** No call's details are open any more. */
export class AlmasarCallLogCloseEvent extends CallLogEvent<{ readonly callId: string }> {
  constructor(detail: { readonly callId: string }) {
    super('almasar-call-log-close', detail);
  }
}

/** The service has taken a note, a disposition or the time of a call-back. */
export class AlmasarCallLogSavedEvent extends CallLogEvent<CallLogSavedDetail> {
  constructor(detail: CallLogSavedDetail) {
    super('almasar-call-log-saved', detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'almasar-call-log-open': AlmasarCallLogOpenEvent;
    'almasar-call-log-close': AlmasarCallLogCloseEvent;
    'almasar-call-log-saved': AlmasarCallLogSavedEvent;
  }
}
