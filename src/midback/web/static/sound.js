// Tones by WebAudio. In: a tone's name. Out: sound, mixed with whatever else plays. Next: session.js decides when.

const TONES = {
  // [frequency in Hz, start in s, length in s] ; soft attacks, so that nothing startles
  start: [[523, 0, 0.16], [784, 0.14, 0.3]],
  half: [[659, 0, 0.2]],
  tick: [[440, 0, 0.09]],
  end: [[784, 0, 0.5], [1176, 0.02, 0.5], [523, 0.22, 0.7]],
  change: [[659, 0, 0.22], [523, 0.2, 0.22], [659, 0.4, 0.32]],
};

/** @type {AudioContext | null} */
let context = null;

/** Make ready; has to be called from a press of a key or button, or browsers keep it silent. */
export function wake() {
  try {
    // Mix with the machine's music instead of taking its place, where a browser knows how.
    if ("audioSession" in navigator) navigator.audioSession.type = "ambient";
    context ??= new AudioContext();
    if (context.state === "suspended") context.resume().catch(() => {});
  } catch {
    context = null; // no audio device: captions carry the session
  }
}

/** Make ready and wait a moment for it; false where the browser keeps silent. @returns {Promise<boolean>} */
export async function ready() {
  wake();
  for (let turn = 0; turn < 10 && context && context.state !== "running"; turn += 1) {
    await new Promise((go) => setTimeout(go, 50));
  }
  return context?.state === "running";
}

/** Sound a tone now. @param {string} name */
export function sound(name) {
  const notes = TONES[name];
  document.documentElement.dataset.lastTone = name;
  if (!notes || !context || context.state !== "running") return;
  const now = context.currentTime;
  for (const [frequency, start, length] of notes) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, now + start);
    volume.gain.linearRampToValueAtTime(0.22, now + start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, now + start + length);
    tone.connect(volume).connect(context.destination);
    tone.start(now + start);
    tone.stop(now + start + length + 0.05);
  }
}
