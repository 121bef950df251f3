import { expect } from '@open-wc/testing';
import { changeAudioSettings } from './audio-settings.ts';
import { createRinger, type Ringer } from './ringer.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const BASE = new URL('https://dialer.example/');
const SYSTEM = { id: 'default', label: '' };

/** Stands in for the sound card: what the one element was told, and when `play` answers. */
class Player {
  readonly done: string[] = [];
  readonly pending: PromiseWithResolvers<void>[] = [];
  audio: HTMLAudioElement | undefined;
  readonly sinks: string[] = [];
  /** A device that cannot be used. */
  missing = '';
  #original = { ...Object.getOwnPropertyDescriptors(HTMLMediaElement.prototype) };

  install(): void {
    const { prototype } = HTMLMediaElement;
    const seen = (audio: unknown) => (this.audio = audio as HTMLAudioElement);
    const { done, pending, sinks } = this;
    const isMissing = (id: string) => id === this.missing;
    Object.assign(prototype, {
      play(this: HTMLAudioElement) {
        seen(this);
        done.push(`play ${this.src.split('/').at(-1)}`);
        pending.push(Promise.withResolvers());
        return pending.at(-1)!.promise;
      },
      pause(this: HTMLAudioElement) {
        done.push('pause');
      },
      setSinkId(id: string) {
        sinks.push(id);
        return isMissing(id) ? Promise.reject(new DOMException('no', 'NotFoundError')) : Promise.resolve();
      },
      load() {},
    });
  }

  remove(): void {
    for (const name of ['play', 'pause', 'setSinkId', 'load'] as const) {
      Object.defineProperty(HTMLMediaElement.prototype, name, this.#original[name]);
    }
  }
}

async function turns(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe('ringer', () => {
  let player: Player;
  let rings: string[];
  let ringer: Ringer;

  beforeEach(() => {
    changeAudioSettings({ ringer: SYSTEM, ringVolume: 0.5 });
    player = new Player();
    player.install();
    rings = [];
    ringer = createRinger({ base: BASE, report: (ring) => rings.push(ring) });
  });

  afterEach(() => {
    ringer.close();
    player.remove();
    // Takes the test's own off what the browser has.
    Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices');
  });

  it('is on once it sounds, in a loop, as loud as was chosen, and off when stopped', async () => {
    ringer.ring();
    await turns();
    expect(rings).to.deep.equal([]);
    expect(player.audio?.loop).to.equal(true);
    expect(player.audio?.volume).to.equal(0.5);
    player.pending[0]?.resolve();
    await turns();
    expect(rings).to.deep.equal(['on']);
    changeAudioSettings({ ringVolume: 0.25 });
    expect(player.audio?.volume).to.equal(0.25);
    ringer.stop();
    expect(rings).to.deep.equal(['on', 'off']);
    expect(player.done).to.deep.equal(['play ringtone.wav', 'pause']);
  });

  it('stops also what only begins to play', async () => {
    ringer.ring();
    await turns();
    ringer.stop();
    player.pending[0]?.resolve();
    await turns();
    expect(player.done.at(-1)).to.equal('pause');
    expect(player.done.filter((what) => what === 'pause').length).to.equal(2);
    expect(rings).to.deep.equal([]);
  });

  it('stopped before it began, it does not begin', async () => {
    ringer.ring();
    ringer.stop();
    await turns();
    expect(player.done).to.deep.equal(['pause']);
  });

  it('a call that rings at once after another one is not silenced by the end of the first', async () => {
    ringer.ring();
    await turns();
    ringer.stop();
    ringer.ring();
    await turns();
    player.pending[0]?.reject(new DOMException('interrupted', 'AbortError'));
    player.pending[1]?.resolve();
    await turns();
    expect(player.done).to.deep.equal(['play ringtone.wav', 'pause', 'play ringtone.wav']);
    expect(rings).to.deep.equal(['on']);
  });

  for (const gesture of ['pointerdown', 'keydown']) {
    it(`blocked by the browser, it begins with the next ${gesture} in the page`, async () => {
      ringer.ring();
      await turns();
      player.pending[0]?.reject(new DOMException('no gesture', 'NotAllowedError'));
      await turns();
      expect(rings).to.deep.equal(['blocked']);
      document.body.dispatchEvent(new Event(gesture));
      await turns();
      player.pending[1]?.resolve();
      await turns();
      expect(rings).to.deep.equal(['blocked', 'on']);
      document.body.dispatchEvent(new Event(gesture));
      await turns();
      expect(player.done).to.deep.equal(['play ringtone.wav', 'play ringtone.wav']);
    });
  }

  it('blocked and stopped, it does not begin any more', async () => {
    ringer.ring();
    await turns();
    player.pending[0]?.reject(new DOMException('no gesture', 'NotAllowedError'));
    await turns();
    ringer.stop();
    document.body.dispatchEvent(new Event('pointerdown'));
    await turns();
    expect(rings).to.deep.equal(['blocked', 'off']);
    expect(player.done).to.deep.equal(['play ringtone.wav', 'pause']);
  });

  it('asked twice, it rings once; a waiting customer is another sound of the same element', async () => {
    ringer.ring();
    ringer.ring();
    await turns();
    const { audio } = player;
    ringer.ring({ waiting: true });
    await turns();
    expect(player.done).to.deep.equal(['play ringtone.wav', 'play waiting.wav']);
    expect(player.audio).to.equal(audio);
  });

  it('rings on the chosen device', async () => {
    changeAudioSettings({ ringer: { id: 'big', label: 'Big speakers' } });
    ringer.ring();
    await turns();
    expect(player.sinks).to.deep.equal(['big']);
    expect(player.done).to.deep.equal(['play ringtone.wav']);
  });

  for (const [how, list] of Object.entries({
    'is not there': () => Promise.resolve([]),
    'is not told of': () => Promise.reject(new Error('no list')),
    'is not found for long': () => new Promise<never>(() => {}),
  })) {
    it(`a device that ${how} is no reason to be silent`, async () => {
      player.missing = 'gone';
      navigator.mediaDevices.enumerateDevices = list;
      changeAudioSettings({ ringer: { id: 'gone', label: 'Other speakers' } });
      ringer.ring();
      await waitUntil(() => player.done.length > 0);
      expect(player.done).to.deep.equal(['play ringtone.wav']);
    });
  }

  it('a device with another id is known by its label', async () => {
    player.missing = 'gone';
    const speakers = { kind: 'audiooutput', deviceId: 'new', label: 'Other speakers', groupId: '' } as MediaDeviceInfo;
    navigator.mediaDevices.enumerateDevices = () => Promise.resolve([speakers]);
    changeAudioSettings({ ringer: { id: 'gone', label: 'Other speakers' } });
    ringer.ring();
    await turns();
    expect(player.sinks).to.deep.equal(['gone', 'new']);
  });
});
