/** Owns the short notes over the chat and the spoken ones for screen readers. */
import { $, h } from "./dom.js";

const SHOWN_MS = 3600;
const SHOWN_PER_LETTER_MS = 35;
const AT_ONCE = 3;

/** Shows a note for as long as it takes to read; a press takes it away. */
export function toast(text) {
  const note = h("p", { class: "toast", dir: "auto" }, text);
  const box = $("toasts");
  const leave = () => note.remove();
  note.addEventListener("click", leave);
  while (box.children.length >= AT_ONCE) box.firstChild.remove();
  box.append(note);
  setTimeout(leave, SHOWN_MS + text.length * SHOWN_PER_LETTER_MS);
}

/** Tells a screen reader about a new or changed message. */
export function announce(text) {
  const line = h("p", {}, text);
  $("announcer").append(line);
  setTimeout(() => line.remove(), SHOWN_MS);
}
