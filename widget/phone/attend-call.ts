import { audioSettings } from './audio/audio-settings.ts';
import { watchDevices } from './audio/device-watch.ts';
import { replaceMicrophone } from './call-microphone.ts';
import { requestMicrophone, stopTracks } from './microphone.ts';
import type { CallHost, PhoneCall } from './phone-call.ts';
import { watchQuality } from './quality-watch.ts';
import type { VoiceAudio } from './voice-sdk.ts';

export interface Attendance {
  host: CallHost;
  audio: VoiceAudio | null | undefined;
  useSpeaker: (id: string) => Promise<void>;
  /** What the SDK is to get when it asks for a microphone next. */
  handOver: (stream: MediaStream | undefined) => void;
}

/** Looks after an open call until it is over: how it sounds, and what becomes of its devices. */
export function attendCall(call: PhoneCall, { host, audio, useSpeaker, handOver }: Attendance): void {
  const { report, microphone } = host;
  if (call.stage === 'over') return;
  watchQuality(call, report);
  if (!audio) return;
  // One at a time: each is handed over by the same door.
  let before = Promise.resolve();
  let replaced = false;

  const useMicrophone = async (id: string) => {
    const stream = await requestMicrophone(id);
    if (call.stage === 'over') return stopTracks(stream);
    microphone.inUse = id;
    replaced = true;
    await replaceMicrophone(call, audio, stream, handOver);
  };
  // A call keeps what it has when there is nothing better; the quality warnings say what that means.
  const useNext = (id: string) => void (before = before.then(() => useMicrophone(id)).catch(() => {}));
  const unwatch = watchDevices({
    chosen: audioSettings,
    useMicrophone: useNext,
    useSpeaker: (id) => void useSpeaker(id).catch(() => {}),
    report: (notice) => report({ type: 'device-changed', notice }),
  });
  // Changed while it rang.
  const { id } = audioSettings().microphone;
  if (id !== call.chosenMicrophone) useNext(id);
  call.afterwards.push(() => {
    unwatch();
    // Else the SDK keeps it for the next call, and the microphone open until then.
    if (replaced) void before.then(() => audio.unsetInputDevice()).catch(() => {});
  });
}
