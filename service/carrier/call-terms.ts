import type { RecordingTerms } from './recording-terms.ts';

/** What the settings say of every conversation. */
export interface CallTerms extends RecordingTerms {
  /** Without a trailing slash. */
  publicUrl: string;
  /** Of a conversation; Twilio's own default is four hours of billing. */
  longestCallSeconds: number;
}
