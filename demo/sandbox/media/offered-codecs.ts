/** RTP payload types that an SDP offers for what we speak. */
export interface OfferedCodecs {
  /** The offer, cut down to µ-law and 8 kHz telephone events. */
  sdp: string;
  /** Undefined when the browser offers no telephone events: it then sends digits by signalling. */
  telephoneEvent: number | undefined;
}

/**
 * Cuts an SDP offer down to PCMU and telephone-event/8000. The peer matches codecs by name only and would otherwise
 * take telephone-event/48000. Throws a sentence when µ-law is not on offer.
 */
export function cutOffer(sdp: string): OfferedCodecs {
  const lines = sdp.split(/\r?\n/);
  const mapped = (name: RegExp) => {
    const line = lines.find((each) => name.test(each));
    return line === undefined ? undefined : Number(/^a=rtpmap:(\d+)/.exec(line)![1]);
  };
  const muLaw = mapped(/^a=rtpmap:\d+ PCMU\/8000/i);
  const telephoneEvent = mapped(/^a=rtpmap:\d+ telephone-event\/8000/i);
  if (muLaw === undefined) throw new Error('The offer has no µ-law (PCMU/8000).');
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
