// The tests' ear, put into the page before its scripts: remembers every peer connection (nothing of it is changed)
// and measures what its remote audio holds, as the agent would hear it.
(() => {
  const connections = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...settings) {
      super(...settings);
      connections.push(this);
    }
  };

  const players = new Set();
  const native = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play').value;
  HTMLMediaElement.prototype.play = function () {
    players.add(this);
    return Reflect.apply(native, this, []);
  };

  /** Ringtones that can be heard now. */
  window.soundingRingtones = () =>
    [...players].filter((each) => /ringtone/.test(each.currentSrc) && !each.paused && !each.muted && each.volume > 0)
      .length;

  let context;
  function remoteTrack() {
    const live = connections.filter((each) => each.connectionState !== 'closed').at(-1);
    return live?.getReceivers().find((each) => each.track?.kind === 'audio')?.track;
  }

  window.hearPage = {
    /** Listens for `ms`; the share of the loudest 170 ms window's energy within 30 Hz of `hz`, and the loudest rms. */
    async listen(hz, ms) {
      const track = remoteTrack();
      if (!track) return { share: 0, rms: 0 };
      context ??= new AudioContext({ sampleRate: 48000 });
      await context.resume();
      const source = context.createMediaStreamSource(new MediaStream([track]));
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      analyser.smoothingTimeConstant = 0;
      source.connect(analyser);
      const wave = new Float32Array(analyser.fftSize);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const best = { share: 0, rms: 0 };
      const end = performance.now() + ms;
      while (performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        analyser.getFloatTimeDomainData(wave);
        analyser.getFloatFrequencyData(spectrum);
        const rms = Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length);
        best.rms = Math.max(best.rms, rms);
        if (rms < 0.005) continue;
        let near = 0;
        let total = 0;
        spectrum.forEach((decibel, bin) => {
          const power = 10 ** (decibel / 10);
          const at = (bin * context.sampleRate) / analyser.fftSize;
          if (at < 60) return;
          total += power;
          if (Math.abs(at - hz) <= 30) near += power;
        });
        best.share = Math.max(best.share, near / total);
      }
      source.disconnect();
      return best;
    },
  };
})();
