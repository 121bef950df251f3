import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INBOUND_STAGES, nextInboundStep, type InboundSituation, type InboundStage } from './inbound-steps.ts';

const AGENTS = [{ id: 'mona', name: 'Mona', identity: 'mona' }];
const NUMBER = '+201001234599';

/** After which stage, with agents, fallback number and voicemail or not: what is done. */
const TABLE: [InboundStage, boolean, boolean, boolean, string][] = [
  ['arrival', true, true, true, 'ring-agents'],
  ['arrival', true, false, false, 'ring-agents'],
  ['arrival', false, true, true, 'ring-number'],
  ['arrival', false, false, true, 'take-message'],
  ['arrival', false, false, false, 'apologise'],
  ['agents', true, true, true, 'ring-number'],
  ['agents', true, false, true, 'take-message'],
  ['agents', true, false, false, 'apologise'],
  ['number', true, true, true, 'take-message'],
  ['number', true, true, false, 'apologise'],
  ['voicemail', true, true, true, 'thank'],
];

function situation(after: InboundStage, agents: boolean, number: boolean, voicemail: boolean): InboundSituation {
  const fallbackNumber = number ? NUMBER : undefined;
  return { after, over: false, agents: agents ? AGENTS : [], fallbackNumber, voicemail };
}

for (const [after, agents, number, voicemail, done] of TABLE) {
  const having = [agents && 'agents', number && 'a number', voicemail && 'voicemail'].filter(Boolean).join(', ');
  test(`after ${after}, with ${having || 'nothing'}: ${done}`, () => {
    assert.equal(nextInboundStep(situation(after, agents, number, voicemail)).do, done);
  });
}

const YES_NO = [true, false];

test('from every stage, whatever there is, a call comes to its end without a step taken twice', () => {
  for (const agents of YES_NO) {
    for (const number of YES_NO) {
      for (const voicemail of YES_NO) {
        const stageAfter = { 'ring-agents': 'agents', 'ring-number': 'number', 'take-message': 'voicemail' } as const;
        const steps: string[] = [];
        for (let after: InboundStage | undefined = 'arrival'; after;) {
          const step = nextInboundStep(situation(after, agents, number, voicemail));
          steps.push(step.do);
          after = step.do in stageAfter ? stageAfter[step.do as keyof typeof stageAfter] : undefined;
        }
        assert.equal(new Set(steps).size, steps.length);
        assert.ok(['thank', 'apologise'].includes(steps.at(-1)!), steps.join());
      }
    }
  }
});

test('after a conversation, or when the customer has gone, nothing more is tried', () => {
  for (const after of INBOUND_STAGES) {
    assert.deepEqual(nextInboundStep({ ...situation(after, true, true, true), over: true }), { do: 'hang-up' });
  }
});
