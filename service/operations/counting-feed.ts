import type { Metrics } from '../calls/metrics.ts';
import type { Feed } from '../calls/ports.ts';

/** The same feed; calls that this node saw end are counted. */
export function countingFeed<F extends Feed>(feed: F, metrics: Metrics): F {
  return {
    ...feed,
    publish(topic, news) {
      // Everybody's topic, so that a call is counted once however many listen.
      if (news.kind === 'call' && news.ended && topic === 'calls') {
        const { direction, outcome } = news.record;
        if (outcome) metrics.callEnded(direction, outcome);
      }
      feed.publish(topic, news);
    },
  };
}
