import { ProblemError } from '../core/problem-error.ts';
import { stopTracks } from './microphone.ts';
import type { PhoneCall } from './phone-call.ts';
import { HANDED_OVER } from './sdk-microphone.ts';
import type { VoiceAudio } from './voice-sdk.ts';

/** Gives an open call another microphone: the stream that the SDK gets when it asks next. */
export async function replaceMicrophone(
  audio: VoiceAudio | null | undefined,
  call: PhoneCall | undefined,
  stream: MediaStream,
): Promise<void> {
  try {
    if (!audio || !call) throw new ProblemError('unknown', 'There is no call to take another microphone.');
    const [first, second] = HANDED_OVER;
    // The one that it has it does not ask for again.
    await audio.setInputDevice(audio.inputDevice?.deviceId === first ? second : first);
  } catch (error) {
    stopTracks(stream);
    throw error;
  }
  if (call.stream) stopTracks(call.stream);
  call.stream = stream;
  // Else the SDK keeps it for the next call, and the microphone open until then.
  call.afterwards = () => void audio.unsetInputDevice().catch(() => {});
  if (call.stage === 'over') stopTracks(stream);
}
