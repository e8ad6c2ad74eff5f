/** Owns the drop-down menu of a chat: roles, arrow keys, closing. */
import { $, h, icon } from "./dom.js";

/** Makes the button open a menu; `items` returns [{icon, text, act, danger}] afresh at every opening. */
export function attachMenu(button, items) {
  let menu = null;

  function close({ refocus = false } = {}) {
    menu?.remove();
    menu = null;
    button.setAttribute("aria-expanded", "false");
    if (refocus) button.focus();
  }

  function open() {
    menu = h("div", { class: "menu", role: "menu", "aria-label": button.title }, items().map(entry));
    menu.addEventListener("keydown", onKey);
    $("chat").append(menu);
    button.setAttribute("aria-expanded", "true");
    menu.firstChild.focus();
  }

  function entry({ icon: name, text, act, danger }) {
    const run = () => {
      close({ refocus: true });
      act();
    };
    return h(
      "button",
      { type: "button", role: "menuitem", tabindex: -1, class: danger ? "danger" : null, on: { click: run } },
      icon(name),
      text,
    );
  }

  function onKey(event) {
    const entries = [...menu.children];
    const place = entries.indexOf(document.activeElement);
    const places = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 };
    if (event.key === "Escape") close({ refocus: true });
    else if (event.key === "Tab") close();
    else if (event.key in places) entries.at(places[event.key] % entries.length).focus();
    else return;
    event.preventDefault();
  }

  button.addEventListener("click", () => (menu ? close() : open()));
  document.addEventListener("pointerdown", (event) => {
    if (menu && !menu.contains(event.target) && !button.contains(event.target)) close();
  });
  return close;
}
