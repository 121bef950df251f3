import { stopTracks } from './microphone.ts';
import type { PhoneCall } from './phone-call.ts';
import { HANDED_OVER } from './sdk-microphone.ts';
import type { VoiceAudio } from './voice-sdk.ts';

/**
 * Gives an open call another microphone, which is given back with the call. `handOver` says what the SDK is to get when
 * it asks for one. Rejects when the call does not take it.
 */
export async function replaceMicrophone(
  call: PhoneCall,
  audio: VoiceAudio,
  stream: MediaStream,
  handOver: (stream: MediaStream | undefined) => void,
): Promise<void> {
  // The SDK mutes it only when it is in use already.
  if (call.call?.isMuted()) for (const track of stream.getAudioTracks()) track.enabled = false;
  const [first, second] = HANDED_OVER;
  handOver(stream);
  try {
    // The one that it has it does not ask for again.
    await audio.setInputDevice(audio.inputDevice?.deviceId === first ? second : first);
  } catch (error) {
    stopTracks(stream);
    throw error;
  } finally {
    handOver(undefined);
  }
  if (call.stream) stopTracks(call.stream);
  call.stream = stream;
  if (call.stage === 'over') stopTracks(stream);
}
