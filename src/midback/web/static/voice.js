// Speech, only with a voice that lives on this machine and speaks the page's language. Next: session.js.

const speech = "speechSynthesis" in window ? window.speechSynthesis : null;
/** @type {SpeechSynthesisVoice | null} */
let voice = null;
let language = "en";

function choose() {
  const own = (speech?.getVoices() ?? []).filter(
    (found) => found.localService && found.lang.toLowerCase().replace("_", "-").startsWith(language),
  );
  voice = own.find((found) => found.default) ?? own[0] ?? null;
}

/** Look for a voice of a language, now and when the browser has loaded its voices. */
export function prepare(lang, changed) {
  language = lang.toLowerCase().split("-")[0];
  choose();
  speech?.addEventListener?.("voiceschanged", () => {
    choose();
    changed();
  });
}

/** Whether there is a voice. */
export function hasVoice() {
  return voice !== null;
}

/** Say a sentence; what was being said makes way. */
export function speak(text) {
  if (!speech || !voice || !text) return;
  speech.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.95;
  speech.speak(words);
}

/** Stop speaking. */
export function hush() {
  speech?.cancel();
}
