import { expect } from '@open-wc/testing';
import { createAgentTools, type AgentToolsOptions } from './agent-tools.ts';

describe('what an agent needs beside calls', () => {
  const { mediaDevices } = navigator;
  afterEach(() => Reflect.deleteProperty(mediaDevices, 'addEventListener'));

  it('has the computer’s devices once, however often they are asked for in a shift', async () => {
    const listened: string[] = [];
    Object.assign(mediaDevices, { addEventListener: (type: string) => listened.push(type) });
    let fails = true;
    const loadHeadset = () => {
      if (fails) return Promise.reject(new TypeError('offline'));
      return Promise.resolve({ connect() {}, close() {} });
    };
    const settings = { service: 'https://dialer.example.com' };
    const tools = createAgentTools({
      settings,
      loadHeadset,
      base: new URL(settings.service),
      feed: { listen: () => () => {} },
    } as unknown as AgentToolsOptions);
    expect(await tools.audio().catch(() => 'offline')).to.equal('offline');
    fails = false;
    listened.length = 0;
    const [first, second] = [await tools.audio(), await tools.audio()];
    expect(second).to.equal(first);
    expect(listened).to.deep.equal(['devicechange']);
  });
});
