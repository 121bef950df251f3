/**
 * What a page has in place of the browser's WebRTC: on a virtual desktop (Citrix, VDI) what runs on the agent's own
 * computer, so that no sound takes the way through the desktop's server. What is left out is the browser's.
 */
export interface WebRtc {
  readonly getUserMedia?: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
  readonly enumerateDevices?: () => Promise<MediaDeviceInfo[]>;
  readonly RTCPeerConnection?: typeof RTCPeerConnection;
  readonly MediaStream?: typeof MediaStream;
  /** Gets each audio element that a customer is heard by. */
  readonly mapAudioElement?: (audio: HTMLAudioElement) => void;
}

/** There is one phone in a page, and one way of its sound. */
export let webRtc: WebRtc = {};

export function useWebRtc(given: WebRtc = {}): void {
  webRtc = given;
}

/** Where a microphone is asked for; undefined where there is none. */
export function microphones(): Required<Pick<WebRtc, 'getUserMedia'>> {
  return webRtc.getUserMedia ? (webRtc as Required<WebRtc>) : navigator.mediaDevices;
}

/** Rejects as the browser's does, also where there is none. */
export async function enumerateDevices(): Promise<MediaDeviceInfo[]> {
  return (webRtc.enumerateDevices ? webRtc : navigator.mediaDevices).enumerateDevices!();
}
