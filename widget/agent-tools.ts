import type { CallRecord } from '../service/contract.ts';
import type { Audio } from './core/audio.ts';
import type { DialerSettings, Handset, PageTools, RecentCall } from './core/dialer.ts';
import { createCallBacks } from './call-backs.ts';
import { openPhoneWindow } from './one-phone/phone-window-opener.ts';
import { loadCallerIds } from './caller-ids.ts';
import { createWrapUpWatch } from './kept-wrap-up.ts';
import type { linkHeadset } from './headset-link.ts';
import { createAudio } from './phone/audio/create-audio.ts';
import { watchLevel } from './phone/call-level.ts';
import { startLineCheck, type LineCheckInput } from './phone/line-check/line-check.ts';
import { loadHomeForm } from './phone/load-home-form.ts';
import { createRecordingPauser } from './recording-pause.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';
import { createWrapUpOutbox } from './wrap-up-outbox.ts';

const RECENT = 30;

export interface AgentToolsOptions extends LineCheckInput {
  service: URL;
  client: ServiceClient;
  feed: Pick<ServiceFeed, 'listen'>;
  phone: Pick<Handset, 'getState'>;
  loadHeadset: () => Promise<HeadsetLink>;
  settings: DialerSettings;
}

export type HeadsetLink = ReturnType<typeof linkHeadset>;

function recent({ callId, direction, customer, outcome, unrecorded, createdAt }: CallRecord): RecentCall {
  const { number, name } = customer;
  return { callId, direction, number, name, outcome, record: !unrecorded, at: Date.parse(createdAt) };
}

/** Recent calls, wrap-up, devices, the check of the line, the phone window: the same in every tab, loaded when first needed. */
export function createAgentTools(options: AgentToolsOptions): PageTools {
  const { client, phone, settings, service, base, loadHeadset } = options;
  const outbox = createWrapUpOutbox({
    key: `almasar-dialer:${settings.service}`,
    agentId: () => client.agentId(),
    storage: localStorage,
    page: window,
    locks: (navigator as { locks?: LockManager }).locks,
    send: async (callId, { note, disposition, callBackAt, noteBefore }) =>
      void (await client.changeCall(callId, { note, disposition, callBackAt, noteBefore })),
    noteOf: async (callId) => (await client.getCall(callId))?.note ?? '',
  });
  const callBacks = createCallBacks(options);
  let audio: Audio | undefined;
  return {
    saveWrapUp: (callId, wrapUp) => outbox.save(callId, wrapUp),
    watchWrapUp: createWrapUpWatch({ ...options, outbox }),
    pauseRecording: createRecordingPauser(options),
    // Supervisors read everybody's log.
    recentCalls: async () => (await client.calls(`log=own&limit=${RECENT}`)).calls.map(recent),
    callBacks: () => Promise.resolve(callBacks),
    dispositions: async () => (await client.settings()).dispositions,
    callerIds: () => loadCallerIds(client, settings),
    homeForm: () => loadHomeForm(settings.defaultCountry, base),
    async audio() {
      // Loaded before the click that it is for, since a browser lets a page ask in a click only.
      const link = 'hid' in navigator ? await loadHeadset() : undefined;
      audio ??= createAudio(options);
      return link ? Object.assign(audio, { connectHeadset: () => link.connect() }) : audio;
    },
    watchLevel: (listener) => Promise.resolve(watchLevel(listener)),
    checkLine: () => Promise.resolve(startLineCheck(options)),
    openPhoneWindow: (language) => {
      const isOpen = phone.getState().place === 'phone-window';
      return Promise.resolve(openPhoneWindow({ ...settings, service, language, isOpen }));
    },
  };
}
