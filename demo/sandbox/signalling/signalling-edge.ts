import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { mediaAddress } from '../media/media-address.ts';
import { VoicePeer } from '../media/voice-peer.ts';
import type {
  Breakdown,
  Account,
  CallError,
  CallSwitch,
  ClientOffer,
  DeviceEdge,
  RingingDevices,
  RingingEvents,
} from '../ports.ts';
import { newSid } from '../sid.ts';
import { TokenRefused, verifyAccessToken } from './access-token.ts';
import { DeviceSession } from './device-session.ts';
import { EdgeCall } from './edge-call.ts';
import { RingGroup } from './ring-group.ts';
import type { FrameOf, SdkFrame } from './wire.ts';

/** Twilio: "10 concurrent registrations per identity"; the next one drops the oldest. */
const REGISTRATIONS = 10;

export interface SignallingEdgeOptions {
  account: Account;
  callPlaced: CallSwitch['callPlaced'];
  /** Hears of what went wrong inside; a broken call never takes the edge with it. */
  onError: (error: unknown) => void;
}

export interface SignallingEdge extends DeviceEdge {
  /** For the HTTP server's `upgrade` event. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  registeredDevices(identity: string): number;
  /** The network between browsers and carrier is bad for a time: sockets are cut and refused, or packets suffer. */
  breakDown(what: Breakdown, ms: number): void;
  close(): void;
}

function badRequest(error: unknown): CallError {
  return { code: 31400, message: error instanceof Error ? error.message : 'the description cannot be read' };
}

/** The edge that the Voice SDK connects to: `wss://…/signal`. */
export function createSignallingEdge({ account, callPlaced, onError }: SignallingEdgeOptions): SignallingEdge {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 128 * 1024 });
  const sessions = new Set<DeviceSession>();
  const calls = new Set<EdgeCall>();
  const ringing = new Map<string, RingGroup>();
  let refusesUntil = 0;

  const heldCall = (session: DeviceSession, sid: string) => [...calls].find((call) => call.isHeldBy(session, sid));
  const registered = (identity: string) =>
    [...sessions].filter((session) => session.registered && session.identity === identity);

  function connect(socket: WebSocket, { headers }: IncomingMessage): void {
    const session = new DeviceSession(socket, {
      mediaAddress: mediaAddress(headers['user-agent']),
      onFrame: (frame) => handle(session, frame),
      onGone: () => {
        sessions.delete(session);
        for (const call of calls) call.socketLost(session);
        for (const group of ringing.values()) group.socketLost(session);
      },
      onError,
    });
    sessions.add(session);
  }

  async function handle(session: DeviceSession, frame: SdkFrame): Promise<void> {
    switch (frame.type) {
      case 'listen':
        return listen(session, frame.payload.token);
      case 'register':
        return register(session, frame.payload.media.audio);
      case 'invite':
        return frame.payload.reconnect === undefined
          ? invite(session, frame.payload)
          : reconnect(session, frame.payload);
      case 'answer':
        return answer(session, frame.payload);
      case 'reject':
        return ringing.get(frame.payload.callsid)?.deviceRejected(session);
      case 'hangup':
        return heldCall(session, frame.payload.callsid)?.deviceHungUp();
      case 'dtmf': {
        const call = heldCall(session, frame.payload.callsid);
        for (const digit of frame.payload.dtmf.replace(/[^\d*#]/g, '')) call?.deviceDigit(digit);
        return;
      }
      case 'reinvite':
        return reinvite(session, frame.payload);
      case 'message':
        return message(session, frame.payload);
    }
  }

  function listen(session: DeviceSession, token: string): void {
    const now = Date.now();
    try {
      const admission = verifyAccessToken(token, account, now);
      if (session.identity !== undefined && session.identity !== admission.identity) {
        throw new TokenRefused(20101, 'another identity on the same connection');
      }
      session.admit(admission, now);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      session.error({ code: error.code, message: error.message });
      // A call in progress must be able to resume with a fresh token; `close` would end that for good.
      const { identity } = error;
      const waiting = [...calls].some(
        (call) => call.isHeldBy(session, call.callSid) || (call.isLost && call.identity === identity),
      );
      if (!waiting) session.send('close', {});
    }
  }

  function register(session: DeviceSession, audio: boolean): void {
    const { admission } = session;
    if (!admission || admission.expiresAt <= Date.now())
      return session.error({ code: 31204, message: 'no valid token' });
    if (!session.registered) {
      // The set's order is the order of registration; registering again (the SDK does every 30 s) keeps the place.
      sessions.delete(session);
      sessions.add(session);
    }
    session.registered = audio && admission.mayReceive;
    session.send(session.registered ? 'ready' : 'offline', {});
    for (const surplus of registered(admission.identity).slice(0, -REGISTRATIONS)) {
      surplus.registered = false;
      surplus.send('offline', {});
    }
  }

  async function invite(session: DeviceSession, payload: FrameOf<'invite'>): Promise<void> {
    const { callsid } = payload;
    const { admission } = session;
    if (!admission) return session.send('hangup', { callsid, error: { code: 31204, message: 'no valid token' } });
    if (admission.expiresAt <= Date.now()) {
      return session.send('hangup', { callsid, error: { code: 31205, message: 'the token has expired' } });
    }
    if (!admission.applicationSid) {
      const error = { code: 31002, message: 'Connection declined: the token has no outgoing grant for a TwiML App' };
      return session.send('hangup', { callsid, error });
    }
    const answered = await meet(session, payload);
    if (!answered) return;
    const { peer, sdp } = answered;
    const call: EdgeCall = new EdgeCall({
      callSid: newSid('CA'),
      identity: admission.identity,
      session,
      peer,
      answerSdp: sdp,
      temporarySid: callsid,
      onOver: () => calls.delete(call),
    });
    calls.add(call);
    callPlaced({
      identity: admission.identity,
      applicationSid: admission.applicationSid,
      parameters: Object.fromEntries(new URLSearchParams(payload.twilio?.params ?? '')),
      grantParameters: admission.parameters,
      call,
    });
  }

  async function reconnect(session: DeviceSession, payload: FrameOf<'invite'>): Promise<void> {
    const { callsid, sdp, reconnect: token } = payload;
    const wanted = [ringing.get(callsid), ...calls].find(
      (each) => each?.callSid === callsid && each.reconnectToken === token && each.identity === session.identity,
    );
    if (!wanted) return isOver(session, callsid);
    const whose = wanted instanceof EdgeCall ? wanted.compare(sdp) : 'another browser';
    if (wanted instanceof EdgeCall && whose !== 'another browser') {
      wanted.hold(session);
      return whose === 'same' ? wanted.confirm() : reinvite(session, payload);
    }
    const answered = await meet(session, payload);
    if (!answered) return;
    const taken = wanted instanceof EdgeCall ? wanted.moveTo(session, answered) : wanted.pickedUp(session, answered);
    if (taken) return;
    answered.peer.close();
    isOver(session, callsid);
  }

  function isOver(session: DeviceSession, callsid: string): void {
    session.send('hangup', { callsid, error: { code: 31209, message: 'the call is over' } });
  }

  /** A peer for an offer; when the offer cannot be met, the browser's attempt ends with the reason. */
  async function meet(session: DeviceSession, { callsid, sdp }: { callsid: string; sdp: string }) {
    try {
      return await VoicePeer.answering(sdp, session.mediaAddress);
    } catch (error) {
      session.send('hangup', { callsid, error: badRequest(error) });
    }
  }

  async function answer(session: DeviceSession, { callsid, sdp }: FrameOf<'answer'>): Promise<void> {
    const group = ringing.get(callsid);
    if (group?.rings(session)) return group.deviceAnswered(session, sdp);
    if (!heldCall(session, callsid)) isOver(session, callsid);
  }

  async function reinvite(session: DeviceSession, { callsid, sdp }: FrameOf<'reinvite'>): Promise<void> {
    try {
      await heldCall(session, callsid)?.restartIce(sdp);
    } catch (error) {
      session.error(badRequest(error), { callsid });
    }
  }

  function message(session: DeviceSession, payload: FrameOf<'message'>): void {
    const { callsid, content, contenttype, messagetype, voiceeventsid } = payload;
    const call = heldCall(session, callsid);
    if (!call) return session.error({ code: 31404, message: 'no such call' }, { callsid, voiceeventsid });
    session.send('ack', { acktype: 'message', callsid, voiceeventsid });
    call.deviceMessage({ content, contentType: contenttype, messageType: messagetype });
  }

  function ring(offer: ClientOffer, events: RingingEvents): RingingDevices {
    const group = new RingGroup({
      offer,
      accountSid: account.accountSid,
      sessions: registered(offer.identity),
      events,
      onOver: (call) => {
        ringing.delete(offer.callSid);
        if (call) calls.add(call);
      },
      onCallOver: (call) => calls.delete(call),
    });
    if (group.count > 0) ringing.set(offer.callSid, group);
    return group;
  }

  return {
    ring,
    handleUpgrade(request, socket, head) {
      if (Date.now() < refusesUntil) socket.destroy();
      else sockets.handleUpgrade(request, socket, head, connect);
    },
    registeredDevices: (identity) => registered(identity).length,
    breakDown(what, ms) {
      if (what === 'signalling') {
        refusesUntil = Date.now() + ms;
        for (const session of sessions) session.cut();
        return;
      }
      const cut = [...calls];
      for (const call of cut) call.trouble(what);
      setTimeout(() => {
        for (const call of cut) call.trouble(null);
      }, ms).unref();
    },
    close() {
      for (const group of ringing.values()) group.cancel();
      for (const call of calls) call.hangUp();
      for (const session of sessions) session.cut();
      sockets.close();
    },
  };
}
