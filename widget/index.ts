import { loadWhenUsed } from './call-log/load-when-used.ts';
import { earlyAuthToken } from './early-auth-token.ts';
import { AlmasarDialer } from './element/almasar-dialer.ts';
import { detectWhenAsked } from './detect-when-asked.ts';
import { lazyDialer } from './lazy-dialer.ts';

declare const __VERSION__: string; // oxlint-disable-line no-underscore-dangle

/** Where the sounds and the rules of numbers are: this module is built into `chunks/`, beside them. */
const BASE = new URL('../', import.meta.url);

AlmasarDialer.version = __VERSION__;
AlmasarDialer.createDialer = (settings) => {
  const getAuthToken = earlyAuthToken(settings.getAuthToken);
  return lazyDialer(async () => {
    const { createPhoneDialer } = await import('./phone-dialer.ts');
    return createPhoneDialer({ ...settings, getAuthToken }, BASE, AlmasarDialer.version);
  });
};

AlmasarDialer.addInitializer((element) => detectWhenAsked(element as AlmasarDialer, BASE));

// A page may load the widget twice, even in two versions: a tag cannot be defined anew, so the first one stays.
if (!customElements.get('almasar-dialer')) customElements.define('almasar-dialer', AlmasarDialer);

loadWhenUsed(() => import('./call-log/define.ts'));

export { AlmasarDialer };
export type { AlmasarCallLog } from './call-log/almasar-call-log.ts';
export type { CallFilters } from './call-log/call-filters.ts';
export type { Contact, LookupContact } from './call-log/contact-names.ts';
export type { CallLogWords } from './call-log/log-language.ts';
export type { CallLogMessages } from './locales/call-log-messages.ts';
export type { DialOptions, RecordingPauseResult } from './core/dialer.ts';
export type { WebRtc } from './web-rtc.ts';
export type { Call, DialerState, Outcome, Phase, Problem, ProblemCode } from './core/state.ts';
export type { AlmasarRecordingEvent, RecordingDetail } from './element/asides/recording-event.ts';
export type {
  AlmasarCallEndedEvent,
  AlmasarCallIncomingEvent,
  AlmasarCallMissedEvent,
  AlmasarCallOpenEvent,
  AlmasarCallRingingEvent,
  AlmasarDialEvent,
  AlmasarErrorEvent,
  AlmasarReachEvent,
  AlmasarWrapUpSavedEvent,
  CallDetail,
  CallEndedDetail,
  DialDetail,
  ErrorDetail,
  ReachDetail,
  WrapUpSavedDetail,
} from './element/events.ts';
