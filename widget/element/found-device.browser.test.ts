import { expect } from '@open-wc/testing';
import { ScriptedAudio } from './panels/testing/scripted-ports.ts';
import { part, mounted, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

const MICROPHONE = 'Headset Microphone (Jabra Evolve 20)';
const EARPHONE = 'Headset Earphone (Jabra Evolve 20)';

const LISTED = {
  microphones: [
    { id: 'default', label: MICROPHONE },
    { id: 'm1', label: 'Built-in' },
    { id: 'm2', label: MICROPHONE },
  ],
  speakers: [
    { id: 'default', label: 'Built-in' },
    { id: 's1', label: 'Built-in' },
    { id: 's2', label: EARPHONE },
  ],
};

/** Talking, while a device with this label comes. */
async function finds(device: string, place: 'here' | 'phone-window' = 'here', listed: object = LISTED) {
  const { element, dialer } = await mounted();
  const audio = new ScriptedAudio(listed);
  dialer.devices = audio;
  await show(element, dialer, stateIn('open', {}, { notice: { code: 'device-found', device }, place }));
  const press = async () => {
    part(element, 'notice').querySelector<HTMLElement>('.how')!.click();
    await new Promise((resolve) => setTimeout(resolve));
    await settled(element);
  };
  return { element, dialer, audio, press };
}

describe('a headset that is plugged in during a call', () => {
  it('is used with one press, both its halves, by their own names and not by the system’s', async () => {
    const { dialer, audio, press } = await finds(MICROPHONE);
    await press();
    expect(audio.asked).to.deep.equal([
      ['choose', 'microphone', 'm2'],
      ['choose', 'speaker', 's2'],
    ]);
    expect(dialer.asked.at(-1)).to.deep.equal(['dismissNotice']);
  });

  it('is a loudspeaker alone where that is what came', async () => {
    const { audio, press } = await finds('Built-in', 'here', { ...LISTED, microphones: [] });
    await press();
    expect(audio.asked).to.deep.equal([['choose', 'speaker', 's1']]);
  });

  it('is used as soon as the browser lists it, once', async () => {
    const { audio, press } = await finds(MICROPHONE, 'here', { microphones: [], speakers: [] });
    await press();
    expect(audio.asked).to.deep.equal([]);
    audio.become(LISTED);
    audio.become(LISTED);
    expect(audio.asked).to.have.lengthOf(2);
  });

  it('is not offered where the phone is in its own window', async () => {
    const { element } = await finds(MICROPHONE, 'phone-window');
    expect(part(element, 'notice').querySelector('.how')).to.equal(null);
  });
});
