import { NO_VERDICT, type PhoneFact, type Verdict } from '../core/events.ts';
import type { Phone, SavedCall } from '../core/phone.ts';

/** A phone that does what the test says, and notes what it was asked. */
export class ScriptedPhone implements Phone {
  readonly asked: unknown[][] = [];
  report: (fact: PhoneFact) => void = () => {};

  readonly prepare = () => void this.asked.push(['prepare']);
  readonly connect = (callId: string) => void this.asked.push(['connect', callId]);
  readonly mute = (callId: string, on: boolean) => {
    this.asked.push(['mute', on]);
    this.report({ type: 'call-muted', callId, muted: on });
  };
  readonly sendDigits = (_callId: string, digits: string) => void this.asked.push(['sendDigits', digits]);
  readonly confirmReached = () => void this.asked.push(['confirmReached']);
  readonly close = (keepCall = false) => void this.asked.push(['close', keepCall]);
  readonly receive = (on: boolean) => {
    this.asked.push(['receive', on]);
    this.report({ type: 'reach-changed', reach: on ? 'ready' : 'off' });
  };
  readonly accept = (callId: string) => void this.asked.push(['accept', callId]);
  readonly reject = (callId: string) => {
    this.asked.push(['reject', callId]);
    this.end(callId, { outcome: 'declined', problem: null });
  };
  readonly silence = () => void this.asked.push(['silence']);
  readonly resume = (saved: SavedCall) => {
    this.asked.push(['resume', saved.connectToken]);
    this.report({ type: 'call-resumed', call: saved.call });
  };
  readonly save = () => 'connect-token';
  readonly disconnect = (callId: string) => {
    this.asked.push(['disconnect']);
    this.end(callId);
  };

  end(callId: string, verdict: Verdict = NO_VERDICT): void {
    this.report({ type: 'call-ended', callId, at: Date.now(), verdict });
  }

  did(what: string): number {
    return this.asked.filter(([name]) => name === what).length;
  }
}
