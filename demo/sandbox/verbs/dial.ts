import type { Leg } from '../switch/leg.ts';
import { placeCall } from '../switch/place-call.ts';
import { ringback } from '../switch/ringback.ts';
import { wait } from '../switch/waiting.ts';
import type { Dial, DialClient, DialNumber } from '../twiml/verbs.ts';
import { callerIdFor } from './caller-id.ts';
import { type ConversationEnd, converse } from './conversation.ts';
import { DialRecording } from './dial-recording.ts';
import { actionRequest, type Next, type VerbRun } from './verb-run.ts';

interface Attempt {
  noun: DialNumber | DialClient;
  child: Leg;
}

/** How a `<Dial>` went, for its action. */
interface DialOutcome {
  status: string;
  child?: Leg;
  conversation?: ConversationEnd;
  recordingFields?: Record<string, string>;
}

/**
 * Rings all nouns at once, joins the caller with the first that answers, and goes on when that is over. A caller who
 * gives up while it rings leaves every child `canceled`, and the action is not asked. Unverified: Twilio's documents do
 * not settle whether the child is `no-answer` there, nor whether the action is asked then.
 */
export async function runDial(dial: Dial, run: VerbRun): Promise<Next> {
  const { leg, parts, signal } = run;
  leg.hasDialled = true;
  if (!dial.answerOnBridge) leg.answer();
  const callerId = callerIdFor(dial, leg, parts);
  const outcome: DialOutcome = callerId ? await dialAll(dial, callerId, run) : { status: 'failed' };
  if (signal.aborted || !dial.action.url) return undefined;
  return actionRequest(run, dial.action, actionFields(outcome));
}

async function dialAll(dial: Dial, callerId: string, run: VerbRun): Promise<DialOutcome> {
  const { leg, parts, signal } = run;
  const stopRingback = leg.line?.hear(ringback());
  const recording = new DialRecording(dial, run);
  const attempts = dial.nouns.map((noun) => ({ noun, child: placeCall(noun, leg, callerId, parts) }));
  for (const { child } of attempts) {
    const tell = (): void => {
      if (child.status === 'ringing') leg.tellRinging();
    };
    tell();
    child.watch(tell);
  }

  const winner = await firstToAnswer(attempts, dial.timeoutSeconds, signal);
  const status = winner || signal.aborted ? 'canceled' : 'no-answer';
  for (const { child } of attempts) {
    if (child !== winner?.child)
      child.end(child.answeredAt ? { status: 'completed' } : { status, sipResponseCode: 487 });
  }

  if (!winner) {
    stopRingback?.();
    recording.stop();
    const last = attempts.at(-1)?.child;
    return { status: statusOfAll(attempts), ...(last && { child: last }), recordingFields: recording.fields() };
  }
  recording.answeredBy(winner.child);
  const conversation = await converse(dial, winner, stopRingback, run);
  recording.stop();
  const completed = conversation.by === 'child' || conversation.by === 'time-limit';
  return {
    status: completed ? 'completed' : 'answered',
    child: winner.child,
    conversation,
    recordingFields: recording.fields(),
  };
}

async function firstToAnswer(
  attempts: readonly Attempt[],
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<Attempt | undefined> {
  const settled = new AbortController();
  const over = AbortSignal.any([signal, settled.signal]);
  const answers = attempts.map(async (attempt) => {
    if (await attempt.child.answered) return attempt;
    throw new Error('ended before it was answered');
  });
  const nobody = wait(timeoutSeconds * 1000, over).then(() => undefined);
  const first = await Promise.race([Promise.any(answers).catch(() => undefined), nobody]);
  settled.abort();
  return first;
}

/** Several numbers, one word: that nobody answered says more than that one of them was busy. */
function statusOfAll(attempts: readonly Attempt[]): string {
  const statuses = attempts.map(({ child }) => child.status);
  return ['no-answer', 'busy', 'failed'].find((status) => statuses.some((each) => each === status)) ?? 'canceled';
}

/** Parameters of the action (Twilio: TwiML Dial, action). A child that was moved away has no duration yet. */
function actionFields({ status, child, conversation, recordingFields }: DialOutcome): Record<string, string> {
  return {
    DialCallStatus: status,
    ...(child && { DialCallSid: child.sid }),
    ...(conversation && conversation.by !== 'moved' && child && { DialCallDuration: String(child.seconds) }),
    DialBridged: String(conversation?.bridged ?? false),
    ...recordingFields,
  };
}
