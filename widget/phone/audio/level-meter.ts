/** The eye follows no more. */
const UPDATE_MS = 50;

/** What is softer than this, in decibels below full scale, is silence. */
const FLOOR_DB = -60;

/** Of samples of -1 to 1: how loud they are, 0 (silence) to 1 (full scale), in even steps for the ear. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}

/** Tells twenty times a second how loud a stream is, until the returned function is called. The stream stays open. */
export function measureLevel(stream: MediaStream, report: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(stream).connect(analyser);
  // Made without a click, it sleeps.
  context.resume().catch(() => {});
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    report(levelOf(samples));
  }, UPDATE_MS);
  return () => {
    clearInterval(timer);
    context.close().catch(() => {});
  };
}
