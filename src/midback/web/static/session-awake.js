// The screen stays on while a session runs. Next: session.js and session-keys.js ask for it.

let lock = null;

/** Keep the screen on, where the browser can; a session works without. */
export async function keepAwake() {
  try {
    if (!lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        lock = null;
      });
    }
  } catch {
    lock = null; // not there or not allowed
  }
}
