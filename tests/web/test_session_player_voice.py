"""What the player asks of the browser's voice and screen. The browser's parts are stood in for: headless
Chromium has no voices and no screen to keep on, so no sound was heard and no screen was seen to stay on."""

from typing import Any

import pytest
from session_browser import CAT, Site
from test_session_player import a_browser, a_site, begin, let_in, until  # noqa: F401 - two are fixtures

pytestmark = pytest.mark.browser

STAND_IN = """
window.asked = [];
const voices = %s;
const speech = {
  getVoices: () => voices, cancel() {}, addEventListener() {},
  speak: (words) => window.asked.push(words.text),
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.locked = [];
const lock = { request: async (kind) => { window.locked.push(kind); return new EventTarget(); } };
Object.defineProperty(navigator, "wakeLock", { value: lock });
"""
LOCAL = '[{"localService": true, "default": true, "lang": "en-GB"}]'
FAR = '[{"localService": false, "default": true, "lang": "en-GB"}, {"localService": true, "lang": "fr-FR"}]'


def test_a_voice_of_this_machine_and_language_speaks_and_the_screen_stays_on(
    chromium: Any, site: Site
) -> None:
    """With a local voice the exercise is named and the screen is asked to stay on as the session starts."""
    page = let_in(chromium, site)
    page.add_init_script(STAND_IN % LOCAL)
    begin(page, site.session(CAT, sound="voice", ready_s=3))
    until(page, "window.asked.join(' ').includes('Cat-cow')")
    assert page.evaluate("window.locked") == ["screen"]
    page.context.close()


def test_a_far_or_foreign_voice_is_never_used(chromium: Any, site: Site) -> None:
    """A voice that sends text away, or of another language, stays silent: tones and captions carry the session."""
    page = let_in(chromium, site)
    page.add_init_script(STAND_IN % FAR)
    begin(page, site.session(CAT, sound="voice"))
    until(page, "document.documentElement.dataset.lastTone === 'start'")
    assert page.evaluate("window.asked") == []
    assert page.locator("#cue").inner_text()
    page.context.close()
