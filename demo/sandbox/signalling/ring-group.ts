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
  readonly #forks = new Map<DeviceSession, VoicePeer>();
  #over = false;

  constructor(options: RingGroupOptions) {
    this.#options = options;
    this.count = options.sessions.length;
    this.callSid = options.offer.callSid;
    for (const session of options.sessions) void this.#ring(session);
  }

  get identity(): string {
    return this.#options.offer.identity;
  }

  rings(session: DeviceSession): boolean {
    return !this.#over && this.#forks.has(session);
  }

  /** The carrier gives up. */
  cancel(): void {
    if (!this.#over) this.#finish(undefined, undefined);
  }

  async deviceAnswered(session: DeviceSession, sdp: string): Promise<void> {
    const peer = this.#forks.get(session);
    if (!peer || this.#over) return;
    this.#answer(session, peer);
    await peer.accept(sdp);
  }

  /** A Device that was not rung picks the call up by its connect token. */
  async pickedUp(session: DeviceSession, offer: string): Promise<void> {
    const { peer, sdp } = await VoicePeer.answering(offer);
    if (this.#over) {
      peer.close();
      return;
    }
    this.#answer(session, peer);
    session.send('answer', { callsid: this.callSid, sdp, reconnect: this.reconnectToken });
  }

  /** One tab's "no" is the person's "no": every tab stops ringing, as at Twilio. */
  deviceRejected(session: DeviceSession): void {
    if (!this.rings(session)) return;
    this.#finish(undefined, session);
    this.#options.events.rejected();
  }

  socketLost(session: DeviceSession): void {
    if (!this.rings(session)) return;
    this.#forks.get(session)!.close();
    this.#forks.delete(session);
    if (this.#forks.size > 0) return;
    this.#finish(undefined, undefined);
    this.#options.events.rejected();
  }

  async #ring(session: DeviceSession): Promise<void> {
    const { callSid, from, to, parameters } = this.#options.offer;
    const { peer, sdp } = await VoicePeer.offering();
    if (this.#over) {
      peer.close();
      return;
    }
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

  #answer(session: DeviceSession, peer: VoicePeer): void {
    this.#forks.delete(session);
    const call: EdgeCall = new EdgeCall({
      callSid: this.callSid,
      identity: this.identity,
      session,
      peer,
      reconnectToken: this.reconnectToken,
      onOver: () => this.#options.onCallOver(call),
    });
    this.#finish(call, session);
    this.#options.events.answered(call);
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
