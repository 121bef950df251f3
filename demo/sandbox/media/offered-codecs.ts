/** RTP payload types that an SDP offers for what we speak. */
export interface OfferedCodecs {
  /** The offer, cut down to µ-law and 8 kHz telephone events. */
  sdp: string;
  /** Undefined when the browser offers no telephone events: it then sends digits by signalling. */
  telephoneEvent: number | undefined;
}

/** Throws a sentence for a description that no audio can be built on; the WebRTC library would wait for ever. */
export function requireAudio(sdp: string): void {
  if (!/^m=audio /m.test(sdp)) throw new Error('The description has no audio.');
  if (!/^a=ice-ufrag:\S/m.test(sdp) || !/^a=ice-pwd:\S/m.test(sdp)) {
    throw new Error('The description has no ICE credentials.');
  }
  if (!/^a=fingerprint:\S+ \S/m.test(sdp)) throw new Error('The description has no DTLS fingerprint.');
  if (!/^a=rtpmap:\d+ PCMU\/8000/im.test(sdp)) throw new Error('The description has no µ-law (PCMU/8000).');
}

/**
 * Cuts an SDP offer down to PCMU and telephone-event/8000. The peer matches codecs by name only and would otherwise
 * take telephone-event/48000. Throws a sentence when the offer has no audio that we speak.
 */
export function cutOffer(sdp: string): OfferedCodecs {
  requireAudio(sdp);
  const lines = sdp.split(/\r?\n/);
  const mapped = (name: RegExp) => {
    const line = lines.find((each) => name.test(each));
    return line === undefined ? undefined : Number(/^a=rtpmap:(\d+)/.exec(line)![1]);
  };
  const muLaw = mapped(/^a=rtpmap:\d+ PCMU\/8000/i);
  const telephoneEvent = mapped(/^a=rtpmap:\d+ telephone-event\/8000/i);
  const kept = new Set([muLaw, telephoneEvent].filter((each) => each !== undefined).map(String));
  const cut = lines
    .filter((line) => {
      const payloadType = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1];
      return payloadType === undefined || kept.has(payloadType);
    })
    .map((line) => line.replace(/^(m=audio \d+ \S+) .*$/, `$1 ${[...kept].join(' ')}`));
  return { sdp: cut.join('\r\n'), telephoneEvent };
}

/** Names an ICE generation: a new one of the same browser is a restart. */
export function iceUfragOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

/** Names a browser's peer connection: its certificate lives as long as the connection. */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.+?)\s*$/m.exec(sdp)?.[1];
}
