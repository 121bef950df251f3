import { expect } from '@open-wc/testing';
import type { CallPatch } from '../service/contract.ts';
import { createAgentTools, type AgentToolsOptions } from './agent-tools.ts';
import { ProblemError } from './core/problem-error.ts';
import { waitUntil } from './testing/wait-until.ts';

const AWAY = new ProblemError('service-unreachable', 'away');

/** The service as a test has it: away, or not. */
function scripted(service: string) {
  const asked: string[] = [];
  const patches: [string, CallPatch][] = [];
  const it = { away: false, agent: 'mona' };
  const client = {
    calls: (query: string) => {
      asked.push(query);
      return Promise.resolve({ calls: [], nextCursor: null });
    },
    agentId: () => Promise.resolve(it.agent),
    getCall: () => Promise.reject(AWAY),
    changeCall: (callId: string, patch: CallPatch) => {
      if (it.away) return Promise.reject(AWAY);
      patches.push([callId, patch]);
      return Promise.resolve({});
    },
  };
  const feed = { listen: () => () => {} };
  const make = () => createAgentTools({ client, feed, settings: { service } } as unknown as AgentToolsOptions);
  return { asked, patches, it, make };
}

describe('what an agent needs beside the call', () => {
  it('recent calls are the own ones, of a supervisor too', async () => {
    const { asked, make } = scripted('https://recent.example');
    expect(await make().recentCalls()).to.deep.equal([]);
    expect(asked).to.deep.equal(['log=own&limit=30']);
  });

  it('a call-back that is kept while the service is away is known to every tab, and sent as it is when it is back', async () => {
    const { patches, it: service, make } = scripted('https://kept.example');
    const callBackAt = new Date(Date.now() + 50).toISOString();
    service.away = true;
    const tab = make();
    expect(await tab.saveWrapUp('c1', { note: 'promised', callBackAt })).to.equal('kept');
    let kept: unknown;
    const unwatch = await make().watchWrapUp('c1', (told) => (kept = told));
    await waitUntil(() => kept !== undefined);
    expect(kept).to.deep.equal({ note: 'promised', disposition: null, callBackAt });
    unwatch();
    await waitUntil(() => new Date().toISOString() > callBackAt);
    service.away = false;
    // A colleague at this computer meanwhile sends none of it.
    service.agent = 'omar';
    expect(await make().saveWrapUp('c2', { note: 'of Omar' })).to.equal('saved');
    window.dispatchEvent(new Event('online'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(patches.splice(0).map(([callId]) => callId)).to.deep.equal(['c2']);
    service.agent = 'mona';
    window.dispatchEvent(new Event('online'));
    await waitUntil(() => patches.length > 0);
    const [[callId, patch]] = patches as [[string, CallPatch]];
    expect([callId, JSON.parse(JSON.stringify(patch))]).to.deep.equal(['c1', { note: 'promised', callBackAt }]);
  });
});
