/** What a Twilio console's debugger would show. */
export interface LogEntry {
  level: 'info' | 'warning' | 'error';
  message: string;
  /** Twilio's error or warning code, where there is one. */
  code?: number;
  callSid?: string;
}

export type Log = (entry: LogEntry) => void;
