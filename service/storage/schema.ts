import type { Generated } from 'kysely';

/** All times are ISO 8601 UTC text: they sort as they are read. */
export interface Database {
  calls: {
    call_id: string;
    /** The parent leg. */
    call_sid: string;
    /** Of the record; empty when nobody was reached. */
    agent_id: string;
    created_at: string;
    /** JSON of the CallBase: what was known when the call began. */
    base: string;
    /** JSON of the CallRecord: the projection of base and events, replaced with every event. */
    record: string;
    /** Of the log, when this record was written: what has changed since a revision has a greater one. */
    revision: Generated<number>;
    /** The revision at which the call was over. */
    ended_revision: Generated<number | null>;
    direction: Generated<string>;
    outcome: string | null;
    /** Digits of the customer's number from last to first: the end of a number is looked up through an index. */
    number_reversed: Generated<string>;
    /** The customer's name as foldName() writes it. */
    name_folded: Generated<string>;
    /** What the agent wrote; no event of the carrier touches these. */
    note: string | null;
    disposition: string | null;
    /** When to call the customer again, when that was last said, and since when it is done. */
    call_back_at: string | null;
    call_back_set_at: string | null;
    call_back_done_at: string | null;
    /**
     * Recordings that were ever completed, and those of them that were taken up for copying; those that there are, or may
     * be: neither deleted nor absent.
     */
    recordings_made: Generated<number>;
    recordings_copied: Generated<number>;
    recordings_kept: Generated<number>;
  };
  /** One row, whose id is 1: the revision that the newest change of the log has. */
  log_revision: {
    id: number;
    last: number;
  };
  /** In whose log a call stands; an empty agent_id is everybody's. */
  call_agents: {
    agent_id: string;
    created_at: string;
    call_id: string;
    /** The customer's, as foldName() writes it, up to 200 letters. */
    name: Generated<string>;
    /** When an open call-back of it is due; null without one. */
    call_back_at: string | null;
  };
  /** Everybody with a call in the log. */
  agents: {
    agent_id: string;
    name: string | null;
  };
  /** The phone that each agent has open. */
  phones: {
    agent_id: string;
    name: string | null;
    identity: string;
    holder: string;
    place: string;
    available: number;
    /** JSON of the report's state. */
    state: string;
    reported_at: string;
  };
  /** What phone windows were asked for in the last seconds. */
  phone_commands: {
    id: string;
    agent_id: string;
    /** JSON of the PhoneCommand. */
    command: string;
    at: string;
  };
  /** What waits for its time. */
  deadlines: {
    kind: string;
    key: string;
    detail: string;
    attempts: number;
    due_at: string;
  };
  /** What counts against the limits: outgoing calls of the last days, asked for or placed. */
  placed_calls: {
    call_id: string;
    agent_id: string;
    /** E.164. */
    number: string;
    /** When it was asked for. */
    at: string;
    /** Until then it counts among the calls of its minute, hour and day: at first as long as its intent lives. */
    counts_until: string;
    /** Null before the carrier dialled. */
    put_through_at: string | null;
    /** Until then it counts as open, at the latest; empty before and after. */
    open_until: string;
    /** Hundredths of a cent, of a minute. */
    rate: number;
    /** Hundredths of a cent; null while it is open. */
    cost: number | null;
    /** What the carrier says it has cost; null while it has not said. */
    price: number | null;
    /** JSON of the DialRefusal that the carrier's question was answered with. */
    refusal: string | null;
    /** JSON of the DialIntent; empty of calls that an older version counted. */
    intent: string;
    /** The agent's leg that took the intent; null while none has. */
    call_sid: string | null;
    /** Seconds that the conversation may last; null before the carrier dialled. */
    limit_seconds: number | null;
  };
  /** Agents who may not call. */
  blocked_agents: {
    agent_id: string;
    identity: string;
    reason: string;
    /** JSON: id and name of the admin. */
    blocked_by: string;
    blocked_at: string;
  };
  /** A row while nobody may place calls. */
  outgoing_stop: {
    id: number;
    reason: string;
    /** JSON: id and name of the admin. */
    stopped_by: string;
    stopped_at: string;
  };
  /** Where the account has called. */
  called_countries: {
    country: string;
    first_call_id: string;
    first_at: string;
  };
  /** What the calls of a day of UTC have cost that have ended, kept by a trigger: in hundredths of a cent. */
  spent: {
    /** `yyyy-mm-dd` */
    day: string;
    agent_id: string;
    amount: number;
  };
  /** What the installation keeps about itself. */
  installation: {
    name: string;
    value: string;
  };
  /** Tasks that one node has for itself, until a time. */
  leases: {
    task: string;
    holder: string;
    until: string;
  };
  /** Requests of one agent or address in one minute, `yyyy-mm-ddThh:mm`. */
  request_counts: {
    minute: string;
    counter: string;
    count: number;
  };
  call_events: {
    /** The parent leg, whichever leg the event is about. */
    call_sid: string;
    /** Of the event, among those of its call. */
    key: string;
    /** JSON of the CallEvent. */
    event: string;
    received_at: string;
  };
  /** The names of `calls` as they are searched, kept by triggers. */
  call_names: {
    /** Goes up with the beginning of the calls: a thousand for each millisecond since 1970. */
    id: number;
    call_id: string;
    created_at: string;
    name: string;
  };
  /** Who did what; nothing in it is ever changed. */
  audit: {
    id: Generated<number>;
    at: string;
    agent_id: string;
    role: string;
    action: string;
    subject: string;
    /** JSON of what was, and of what is instead. */
    before: string | null;
    after: string | null;
    request_id: string;
  };
  /** What the CRM is yet to be told; what it was told and what was given up, for a while. */
  crm_outbox: {
    id: Generated<number>;
    event_id: string;
    call_id: string;
    /** JSON of the CrmEvent, as it is sent. */
    body: string;
    created_at: string;
    /** Since when it is tried, where it was asked for again. */
    resent_at: string | null;
    attempts: Generated<number>;
    due_at: string;
    given_up_at: string | null;
    delivered_at: string | null;
  };
}
