import type { TelephoneNetwork } from '../far-ends/telephone-network.ts';
import type { Log } from '../log.ts';
import type { Account, DeviceEdge } from '../ports.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { WebhookClient } from '../webhooks/webhook-client.ts';
import type { AudioLines } from './audio-line.ts';
import type { CallBook } from './call-book.ts';

/** What running a call needs. */
export interface Parts {
  account: Account;
  calls: CallBook;
  lines: AudioLines;
  recordings: RecordingStore;
  telephones: TelephoneNetwork;
  devices: DeviceEdge;
  webhooks: WebhookClient;
  log: Log;
}
