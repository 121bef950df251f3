import type { QualityWarning } from '../core/reach.ts';

/** What is heard of a call's sound. `at` is in milliseconds, of any clock that only goes forward. */
export type QualityFact =
  | { readonly type: 'warning'; readonly name: string; readonly on: boolean; readonly at: number }
  | { readonly type: 'muted'; readonly on: boolean; readonly at: number }
  | { readonly type: 'volume'; readonly input: number; readonly at: number }
  /** Once a second: what has arrived in it; `dead`: the microphone itself gives nothing any more. */
  | { readonly type: 'sample'; readonly packetsReceived: number; readonly dead: boolean; readonly at: number };

/** What has been heard so far. */
export interface Quality {
  readonly muted: boolean;
  readonly dead: boolean;
  /** The SDK's warnings that are raised. */
  readonly raised: ReadonlySet<string>;
  /** The microphone gave sound last, and a packet came last. */
  readonly loudAt: number;
  readonly packetAt: number;
  /** When each cause was there last. */
  readonly seenAt: Readonly<Partial<Record<QualityWarning, number>>>;
}

/** A person who listens makes no sound for a while either, but a microphone that works is never wholly without. */
const SILENT_MS = 6000;
/** The SDK warns of a level that is constant, as it also is in a quiet room: it must be nothing as well. */
const CONSTANT = 'constant-audio-input-level';
const CONSTANT_MS = 3000;
const STALLED_MS = 5000;

/** A warning that comes and goes with every word helps nobody. */
const CLEAR_MS = 3000;

/** Twilio: Voice SDK, Call quality warnings. Of the customer's silence it has none that means more than a pause in talking. */
const BY_SDK: Readonly<Record<string, QualityWarning>> = {
  [CONSTANT]: 'not-heard-microphone',
  'low-bytes-sent': 'not-heard-network',
  'low-bytes-received': 'customer-silent',
  'high-rtt': 'delayed',
  'high-jitter': 'choppy',
  'low-mos': 'choppy',
  'high-packet-loss': 'choppy',
  'high-packets-lost-fraction': 'choppy',
  'ice-connectivity-lost': 'no-connection',
};

/** Nothing is wrong yet. */
export function startQuality(at: number): Quality {
  return { muted: false, dead: false, raised: new Set(), loudAt: at, packetAt: at, seenAt: {} };
}

function causes(quality: Quality, at: number): Set<QualityWarning> {
  const { muted, dead, raised, loudAt, packetAt } = quality;
  const found = new Set([...raised].flatMap((name) => BY_SDK[name] ?? []));
  const silent = at - loudAt >= (raised.has(CONSTANT) ? CONSTANT_MS : SILENT_MS);
  if (!muted && (dead || silent)) found.add('not-heard-microphone');
  else found.delete('not-heard-microphone');
  if (at - packetAt >= STALLED_MS) found.add('customer-silent');
  // Nothing else can be mended before.
  return found.has('no-connection') ? new Set(['no-connection']) : found;
}

function take(quality: Quality, fact: QualityFact): Quality {
  switch (fact.type) {
    case 'warning': {
      const raised = new Set(quality.raised);
      if (fact.on) raised.add(fact.name);
      else raised.delete(fact.name);
      return { ...quality, raised };
    }
    case 'muted':
      // The SDK clears no warning of a microphone that is muted.
      return {
        ...quality,
        muted: fact.on,
        loudAt: fact.at,
        raised: new Set([...quality.raised].filter((name) => BY_SDK[name] !== 'not-heard-microphone')),
      };
    case 'volume':
      return fact.input > 0 ? { ...quality, loudAt: fact.at } : quality;
    case 'sample':
      return { ...quality, dead: fact.dead, packetAt: fact.packetsReceived > 0 ? fact.at : quality.packetAt };
  }
}

/** What is known after one more fact. */
export function hearQuality(before: Quality, fact: QualityFact): Quality {
  const quality = take(before, fact);
  const { at } = fact;
  const seenAt = { ...quality.seenAt };
  for (const warning of causes(quality, at)) seenAt[warning] = at;
  return { ...quality, seenAt };
}

/** What to tell the agent: at once when it begins, and until it has been gone for a while. */
export function warningsOf(quality: Quality, at: number): QualityWarning[] {
  const seen = Object.entries(quality.seenAt) as [QualityWarning, number][];
  const fresh = seen.filter(([, seenAt]) => at - seenAt < CLEAR_MS).map(([warning]) => warning);
  const now = causes(quality, at);
  const shown = [...new Set([...now, ...fresh])].sort();
  const silenced = (warning: QualityWarning) => quality.muted && warning === 'not-heard-microphone';
  if (now.has('no-connection')) return ['no-connection'];
  return shown.filter((warning) => !silenced(warning));
}
