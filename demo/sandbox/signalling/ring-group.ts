import { randomBytes } from 'node:crypto';
import type { ClientOffer, RingingDevices, RingingEvents } from '../ports.ts';
import { VoicePeer } from '../media/voice-peer.ts';
import type { DeviceSession } from './device-session.ts';
import { EdgeCall } from './edge-call.ts';

export interface RingGroupOptions {
  offer: ClientOffer;
  accountSid: string;
  sessions: DeviceSession[];
  events: RingingEvents;
  /** Rings no more; with the call when somebody answered. */
  onOver: (call: EdgeCall | undefined) => void;
  onCallOver: (call: EdgeCall) => void;
}

/** One incoming call on all Devices of a person: the first answer takes it from the others. */
export class RingGroup implements RingingDevices {
  readonly count: number;
  readonly callSid: string;
  readonly reconnectToken = randomBytes(16).toString('hex');
  readonly #options: RingGroupOptions;
  /** Devices that ring, or are about to. */
  readonly #ringing: Set<DeviceSession>;
  readonly #forks = new Map<DeviceSession, VoicePeer>();
  #over = false;

  constructor(options: RingGroupOptions) {
    this.#options = options;
    this.count = options.sessions.length;
    this.callSid = options.offer.callSid;
    this.#ringing = new Set(options.sessions);
    for (const session of options.sessions) this.#ring(session).catch(() => this.socketLost(session));
  }

  get identity(): string {
    return this.#options.offer.identity;
  }

  rings(session: DeviceSession): boolean {
    return !this.#over && this.#ringing.has(session);
  }

  /** The carrier gives up. */
  cancel(): void {
    if (!this.#over) this.#finish(undefined, undefined);
  }

  async deviceAnswered(session: DeviceSession, sdp: string): Promise<void> {
    const peer = this.#forks.get(session);
    if (!peer || this.#over) return;
    const call = this.#answer(session, peer);
    await peer.accept(sdp).catch(() => call.fail({ code: 31400, message: 'the answer does not fit the offer' }));
  }

  /** Another Device picks the call up by its connect token, with a peer of its own. False when it came too late. */
  pickedUp(session: DeviceSession, { peer, sdp }: { peer: VoicePeer; sdp: string }): boolean {
    if (this.#over) return false;
    this.#answer(session, peer);
    session.send('answer', { callsid: this.callSid, sdp, reconnect: this.reconnectToken });
    return true;
  }

  /** One tab's "no" is the person's "no": every tab stops ringing, as at Twilio. */
  deviceRejected(session: DeviceSession): void {
    if (!this.rings(session)) return;
    this.#finish(undefined, session);
    this.#options.events.rejected();
  }

  socketLost(session: DeviceSession): void {
    if (!this.rings(session)) return;
    this.#ringing.delete(session);
    this.#forks.get(session)?.close();
    this.#forks.delete(session);
    if (this.#ringing.size > 0) return;
    this.#finish(undefined, undefined);
    this.#options.events.rejected();
  }

  async #ring(session: DeviceSession): Promise<void> {
    const { callSid, from, to, parameters } = this.#options.offer;
    const { peer, sdp } = await VoicePeer.offering(session.mediaAddress);
    if (!this.rings(session)) return peer.close();
    this.#forks.set(session, peer);
    session.send('invite', {
      callsid: callSid,
      sdp,
      reconnect: this.reconnectToken,
      parameters: {
        CallSid: callSid,
        AccountSid: this.#options.accountSid,
        ApiVersion: '2010-04-01',
        From: from,
        To: to,
        Params: new URLSearchParams(parameters).toString(),
      },
    });
  }

  #answer(session: DeviceSession, peer: VoicePeer): EdgeCall {
    const call: EdgeCall = new EdgeCall({
      callSid: this.callSid,
      identity: this.identity,
      session,
      peer,
      reconnectToken: this.reconnectToken,
      onOver: () => this.#options.onCallOver(call),
    });
    if (this.#forks.get(session) === peer) this.#forks.delete(session);
    this.#finish(call, session);
    this.#options.events.answered(call);
    return call;
  }

  #finish(call: EdgeCall | undefined, except: DeviceSession | undefined): void {
    this.#over = true;
    for (const [session, peer] of this.#forks) {
      peer.close();
      if (session !== except) session.send('cancel', { callsid: this.callSid });
    }
    this.#forks.clear();
    this.#options.onOver(call);
  }
}
