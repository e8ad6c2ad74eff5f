/** Owns the place where one writes: the growing field, drafts, the commands menu, files. */
import { readCommands } from "./api.js";
import { askFiles } from "./dialogs.js";
import { $, h, show } from "./dom.js";
import { sendFiles, sendText } from "./outbox.js";
import { playerOf } from "./session.js";
import { t } from "./words.js";

const field = $("text");
const menu = $("suggestions");
const menuButton = $("commands");
const picker = $("file");
const drop = $("drop");
const drafts = new Map();

let chat = null;
let commands = [];
let chosen = -1;

/** Makes the composer write into a chat, with the draft left there. */
export function openComposer(opened) {
  keepDraft();
  chat = opened;
  field.value = drafts.get(chat.id) ?? "";
  commands = [];
  closeMenu();
  grow();
  loadCommands();
}

export function keepDraft() {
  if (chat) drafts.set(chat.id, field.value);
}

/** Reads anew which commands the bot offers to this person. */
export async function loadCommands() {
  const asked = chat;
  if (!asked) return;
  try {
    const list = await readCommands(playerOf(asked).id, asked.id);
    if (chat === asked) commands = list;
  } catch {
    commands = [];
  }
}

/** Puts text where the cursor is, as a tapped mention does. */
export function insertText(text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  grow();
  field.focus();
}

/** Sends a text from the open chat; what could not be sent comes back. */
export async function submit(text) {
  const target = chat;
  giveBack(target, await sendText(target, text));
}

/** Puts a text that was not sent before whatever is in a chat's field by now. */
export function giveBack(target, text) {
  if (!text) return;
  const joined = (present) => (present ? `${text}\n\n${present}` : text);
  if (chat === target) {
    field.value = joined(field.value);
    grow();
  } else drafts.set(target.id, joined(drafts.get(target.id)));
}

function send() {
  const text = field.value;
  if (!text.trim() || !chat) return;
  field.value = "";
  drafts.delete(chat.id);
  closeMenu();
  grow();
  submit(text);
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  $("composer").classList.toggle("ready", field.value.trim() !== "");
}

function matching() {
  const typed = /^\/([a-z0-9_]*)$/i.exec(field.value)?.[1];
  return typed === undefined ? null : commands.filter(({ command }) => command.startsWith(typed.toLowerCase()));
}

function openMenu(list) {
  menu.replaceChildren(...list.map(option));
  if (!list.length) menu.append(h("li", { class: "none", role: "option", "aria-disabled": "true" }, t("noCommands")));
  show(menu, true);
  choose(list.length ? 0 : -1);
  menuButton.setAttribute("aria-expanded", "true");
}

function option({ command, description }, index) {
  return h(
    "li",
    { role: "option", id: `command-${index}`, "aria-selected": "false", data: { command: `/${command}` } },
    h("b", {}, `/${command}`),
    h("span", { dir: "auto" }, description),
  );
}

function closeMenu() {
  show(menu, false);
  chosen = -1;
  field.removeAttribute("aria-activedescendant");
  menuButton.setAttribute("aria-expanded", "false");
}

function choose(index) {
  const options = [...menu.querySelectorAll("[data-command]")];
  chosen = options.length ? (index + options.length) % options.length : -1;
  options.forEach((element, place) => element.setAttribute("aria-selected", String(place === chosen)));
  if (chosen < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", options[chosen].id);
  options[chosen].scrollIntoView({ block: "nearest" });
}

function onMenuKey(event) {
  const option = menu.querySelector("[aria-selected=true]");
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) choose(chosen + moves[event.key]);
  else if (event.key === "Escape") closeMenu();
  else if (event.key === "Tab" && option) {
    field.value = `${option.dataset.command} `;
    closeMenu();
    grow();
  } else if (event.key === "Enter" && option) pick(option.dataset.command);
  else return false;
  event.preventDefault();
  return true;
}

function pick(command) {
  field.value = command;
  send();
}

function suggest() {
  const list = matching();
  if (list?.length) openMenu(list);
  else closeMenu();
}

async function offerFiles(files) {
  if (!files.length || !chat) return;
  const target = chat;
  const caption = await askFiles(files, field.value.trim());
  if (caption === null) return;
  if (chat === target) {
    field.value = "";
    grow();
  }
  if (!(await sendFiles(target, files, caption))) giveBack(target, caption);
}

field.addEventListener("input", () => {
  grow();
  suggest();
});
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (!menu.hidden && onMenuKey(event)) return;
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  send();
});
field.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  offerFiles(files);
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
  field.focus();
});
menuButton.addEventListener("click", () => {
  if (menu.hidden) openMenu(commands);
  else closeMenu();
  field.focus();
});
menu.addEventListener("pointerdown", (event) => event.preventDefault());
menu.addEventListener("click", (event) => {
  const target = event.target.closest("[data-command]");
  if (target) pick(target.dataset.command);
});
document.addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !$("dock").contains(event.target)) closeMenu();
});
$("attach").addEventListener("click", () => picker.click());
picker.addEventListener("change", async () => {
  const files = [...picker.files];
  picker.value = "";
  await offerFiles(files);
});

/** Makes a place where files can be dropped. */
export function takeDrops(area) {
  const carriesFiles = (event) => chat && !chat.blocked && event.dataTransfer?.types.includes("Files");
  area.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(drop, true);
  });
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(event.relatedTarget)) show(drop, false);
  });
  area.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(drop, false);
    offerFiles([...event.dataTransfer.files]);
  });
}
