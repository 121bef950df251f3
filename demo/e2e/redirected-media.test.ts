import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { startCrm, type Crm } from './crm.ts';
import { MICROPHONE_HZ } from './microphone.ts';

/** Stands in for what a virtual desktop has in the page: the browser's own, which notes who asked. */
const REDIRECTION = `<script>
  {
    const asked = (window.asked = { ours: 0, all: 0, peers: 0, heard: [] });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (constraints) => ((asked.all += 1), open(constraints));
    document.querySelector('almasar-dialer').webRtc = {
      getUserMedia: (constraints) => ((asked.ours += 1), mediaDevices.getUserMedia(constraints)),
      enumerateDevices: () => mediaDevices.enumerateDevices(),
      RTCPeerConnection: class extends RTCPeerConnection {
        constructor(...given) {
          super(...given);
          asked.peers += 1;
        }
      },
      MediaStream,
      mapAudioElement: (audio) => asked.heard.push(audio),
    };
  }
</script>`;

let crm: Crm;
let browser: AgentBrowser;
before(async () => {
  crm = await startCrm(`${REDIRECTION}<p><a href="tel:+201001234501">Echo</a></p>`);
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await crm.close();
});

test('a page on a virtual desktop hands its own WebRTC over: a call goes by that alone, and is heard', async () => {
  const tab = await browser.context.newPage();
  await tab.goto(crm.url);
  await tab.locator('a').click();
  const agent = new AgentPage(tab);
  await agent.untilPhase('open');
  const heard = await tab.evaluate<{ share: number }>(`hearPage.listen(${MICROPHONE_HZ}, 8000)`);
  assert.ok(heard.share > 0.6, `the echo: ${JSON.stringify(heard)}`);
  const asked = await tab.evaluate<Record<string, unknown>>(
    '({ ...asked, heard: asked.heard.map((audio) => audio instanceof HTMLAudioElement && !audio.paused) })',
  );
  assert.equal(asked['ours'], asked['all'], 'no microphone was opened past it');
  assert.ok(Number(asked['ours']) > 0);
  assert.equal(asked['peers'], 1);
  assert.deepEqual([...new Set(asked['heard'] as boolean[])], [true]);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
  assert.deepEqual(browser.pageErrors, []);
  assert.deepEqual(browser.strayRequests, []);
});
