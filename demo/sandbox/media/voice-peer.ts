import { randomInt } from 'node:crypto';
import {
  MediaStreamTrack,
  RtpHeader,
  RtpPacket,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
} from 'werift';
import { FRAME_SAMPLES, type AudioEnd, type Frame, type MediaTrouble } from '../ports.ts';
import { decodeMuLaw, encodeMuLaw } from './g711.ts';
import { JitterQueue } from './jitter-queue.ts';
import { LOOPBACK } from './media-address.ts';
import { cutOffer, fingerprintOf, iceUfragOf, requireAudio } from './offered-codecs.ts';
import { troubleMedia } from './media-trouble.ts';
import { TelephoneEvents } from './telephone-events.ts';

const ICE_LITE = 'a=ice-lite';
const MU_LAW = 0;
const TELEPHONE_EVENT = 101;

function createConnection(telephoneEvent: number, address: string): RTCPeerConnection {
  return new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: MU_LAW }),
        new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8000, payloadType: telephoneEvent }),
      ],
    },
    headerExtensions: { audio: [] },
    iceServers: [],
    iceLite: true,
    iceUseIpv6: false,
    iceInterfaceAddresses: { udp4: address },
    iceAdditionalHostAddresses: [address],
  });
}

/**
 * A description as browsers are to get it: only the candidate at that address, where the library gathers every interface
 * of the machine, and "ICE-lite" said of the session, where the library says it of the audio and Firefox does not see it
 * (RFC 8839, 5.3): it would wait for ever to be told which candidates are taken.
 */
function describe(address: string, sdp: string): string {
  const lines = sdp
    .split(/\r?\n/)
    .filter((line) => line !== ICE_LITE && !(line.startsWith('a=candidate:') && line.split(' ')[4] !== address));
  lines.splice(
    lines.findIndex((line) => line.startsWith('m=')),
    0,
    ICE_LITE,
  );
  return lines.join('\r\n');
}

/** The carrier's end of a browser's WebRTC audio: µ-law both ways, keys by RFC 4733, on loopback unless told otherwise. */
export class VoicePeer implements AudioEnd {
  readonly #connection: RTCPeerConnection;
  readonly #address: string;
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #queue = new JitterQueue();
  readonly #events = new TelephoneEvents();
  #telephoneEvent: number | undefined;
  #sequenceNumber = randomInt(0x8000);
  #timestamp = randomInt(0x7fffffff);
  #ssrc = randomInt(0x7fffffff);
  #onDigit: (digit: string) => void = () => {};
  #mend: (() => void) | undefined;
  /** The browser's last description, as it came. */
  #remote = '';

  private constructor(connection: RTCPeerConnection, address: string, telephoneEvent: number | undefined) {
    this.#connection = connection;
    this.#address = address;
    this.#telephoneEvent = telephoneEvent;
  }

  /** For a browser that calls: takes its offer. Rejects with a sentence when the offer cannot be met. */
  static async answering(offer: string, address = LOOPBACK): Promise<{ peer: VoicePeer; sdp: string }> {
    const { sdp, telephoneEvent } = cutOffer(offer);
    const connection = createConnection(telephoneEvent ?? TELEPHONE_EVENT, address);
    const peer = new VoicePeer(connection, address, telephoneEvent);
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      const transceiver = connection.getTransceivers()[0];
      if (!transceiver) throw new Error('The offer has no audio.');
      await transceiver.sender.replaceTrack(peer.#track);
      transceiver.setDirection('sendrecv');
      peer.#listen(transceiver);
      peer.#remote = offer;
      return { peer, sdp: await peer.#answer() };
    } catch (error) {
      peer.close();
      throw error;
    }
  }

  /** For a browser that is called: makes the offer. */
  static async offering(address = LOOPBACK): Promise<{ peer: VoicePeer; sdp: string }> {
    const connection = createConnection(TELEPHONE_EVENT, address);
    const peer = new VoicePeer(connection, address, TELEPHONE_EVENT);
    const transceiver = connection.addTransceiver(peer.#track, { direction: 'sendrecv' });
    peer.#listen(transceiver);
    await connection.setLocalDescription(await connection.createOffer());
    return { peer, sdp: describe(address, connection.localDescription!.sdp) };
  }

  /** The browser's answer to `offering`. Rejects when it is no answer to it. */
  async accept(answer: string): Promise<void> {
    requireAudio(answer);
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#remote = answer;
  }

  /** An ICE restart: a new offer for the same call. */
  async restart(offer: string): Promise<string> {
    const { sdp, telephoneEvent } = cutOffer(offer);
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    this.#telephoneEvent = telephoneEvent;
    this.#remote = offer;
    const answer = await this.#answer();
    // The library skips ICE once DTLS is up, and would send to the old address for ever.
    const ice = this.#connection.iceTransports[0];
    if (ice && !ice.connection.nominated) ice.start().catch(() => {});
    return answer;
  }

  /** Whether an SDP is of the browser at the other end, and of the ICE generation in use. */
  compare(sdp: string): 'same' | 'restarted' | 'another browser' {
    if (fingerprintOf(sdp) !== fingerprintOf(this.#remote)) return 'another browser';
    return iceUfragOf(sdp) === iceUfragOf(this.#remote) ? 'same' : 'restarted';
  }

  onDigit(listener: (digit: string) => void): void {
    this.#onDigit = listener;
  }

  take(): Frame | undefined {
    return this.#queue.take();
  }

  give(frame: Frame): void {
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
    const header = new RtpHeader({
      payloadType: MU_LAW,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.#timestamp,
      ssrc: this.#ssrc,
    });
    this.#track.writeRtp(new RtpPacket(header, Buffer.from(encodeMuLaw(frame))));
  }

  /** Lets packets suffer as on a network that is bad or gone, or no more (null). */
  trouble(what: MediaTrouble | null): void {
    this.#mend?.();
    this.#mend = what ? troubleMedia(this.#connection, what) : undefined;
  }

  close(): void {
    this.#onDigit = () => {};
    // A call that ends within the handshake: the library would go on asking a browser that has left, for half a minute.
    for (const { dtls } of this.#connection.dtlsTransports) if (dtls) dtls.dtls.flight = Infinity;
    this.#connection.close().catch(() => {});
  }

  async #answer(): Promise<string> {
    const { sdp } = await this.#connection.createAnswer();
    // The browser begins the handshake: a call that ends before it leaves no retries behind here.
    await this.#connection.setLocalDescription({
      type: 'answer',
      sdp: sdp.replace('a=setup:active', 'a=setup:passive'),
    });
    return describe(this.#address, this.#connection.localDescription!.sdp);
  }

  #listen(transceiver: RTCRtpTransceiver): void {
    const receive = (track: MediaStreamTrack) => {
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        if (header.payloadType === MU_LAW) this.#queue.push(decodeMuLaw(payload));
        if (header.payloadType !== this.#telephoneEvent) return;
        const digit = this.#events.read(payload, header.timestamp);
        if (digit !== undefined) this.#onDigit(digit);
      });
    };
    for (const track of transceiver.receiver.tracks) receive(track);
    transceiver.onTrack.subscribe(receive);
  }
}
