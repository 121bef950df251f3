/** The page's own script: the call log. Calls themselves are the dialer's business; nothing here touches it. */
import { render } from 'lit';
import type { RecordingLink } from '../../service/contract.ts';
import { EMPTY_LOG, withCalls, withNewestPage, withOlderPage, type CallLogState } from './call-log.ts';
import { callLogView, type CallLogView } from './call-log-view.ts';
import { createCallTimes } from './call-times.ts';
import { fetchCalls, followCalls } from './live-calls.ts';
import type { PageSettings } from './page-settings.ts';
import { createServiceAccess } from './service-access.ts';
import { WORDS } from './words.ts';

const settings = JSON.parse(document.querySelector('#page-settings')?.textContent ?? '') as PageSettings;
const root = document.querySelector<HTMLElement>('#call-log')!;
const access = createServiceAccess(settings.authEndpoint);
let log: CallLogState = EMPTY_LOG;

const view: CallLogView = {
  words: WORDS[settings.language],
  times: createCallTimes(settings.language),
  customers: settings.customers,
  async requestLink(callId, recordingSid) {
    const response = await access.fetch(`/api/calls/${callId}/recordings/${recordingSid}`);
    // The link names PUBLIC_URL, perhaps a tunnel; here the service answers on the page's own origin as well.
    const link = new URL(((await response.json()) as RecordingLink).url);
    return link.pathname + link.search;
  },
  loadOlder() {
    fetchCalls(access, log.olderCursor).then(
      (page) => show(withOlderPage(log, page)),
      // The button stays; whether the service is there is said above the table.
      () => {},
    );
  },
  retry() {
    show({ ...log, phase: 'loading' });
    calls.retryNow();
  },
};

function show(next: CallLogState): void {
  log = next;
  render(callLogView(log, view), root);
}

root.replaceChildren();
show(log);
const calls = followCalls(
  access,
  {
    connected: (page, since) => show({ ...withCalls(withNewestPage(log, page), since), live: true }),
    changed: (call) => show(withCalls(log, [call])),
    lost: () => show({ ...log, phase: log.phase === 'ready' ? 'ready' : 'failed', live: false }),
  },
  window,
);
