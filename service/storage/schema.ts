import type { Generated } from 'kysely';

/** All times are ISO 8601 UTC text: they sort as they are read. */
export interface Database {
  intents: {
    call_id: string;
    identity: string;
    /** JSON of the DialIntent. */
    intent: string;
    expires_at: string;
    /** The carrier leg that took it. */
    taken_by: string | null;
  };
  calls: {
    call_id: string;
    /** The agent's leg. */
    call_sid: string;
    agent_id: string;
    created_at: string;
    /** JSON of the CallBase: what was known when the call began. */
    base: string;
    /** JSON of the CallRecord: the projection of base and events, replaced with every event. */
    record: string;
    /** Of the log, when this record was written: what has changed since a revision has a greater one. */
    revision: Generated<number>;
  };
  call_events: {
    id: Generated<number>;
    key: string;
    /** The agent's leg, whichever leg the event is about. */
    call_sid: string;
    /** JSON of the CallEvent. */
    event: string;
    received_at: string;
  };
}
