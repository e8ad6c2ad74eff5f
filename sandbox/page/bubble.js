/** Owns one message on the screen: its bubble, its file, its keyboard, and its change in place. */
import { full, moment, timeOf } from "./dates.js";
import { h, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { t } from "./words.js";

const UNITS = ["bytes", "kilobytes", "megabytes"];
const KILO = 1024;

/** Makes the element of a message; `mine` says whether the playing person wrote it. */
export function makeBubble(message, { mine, ...view }) {
  const element = h("article", { class: `row ${mine ? "out" : "in"}`, data: { id: message.message_id } });
  element.append(h("div", { class: "stack" }));
  fillBubble(element, message, view);
  return element;
}

/** Fills the element anew from the message, keeping keyboard focus on the same or the nearest button. */
export function fillBubble(element, message, { author, waiting, isNamed }) {
  const focused = focusedButton(element);
  const date = moment(message.date);
  element.setAttribute("aria-label", `${author}, ${timeOf(date)}`);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  element.classList.toggle("keyed", rows.length > 0);
  element.firstChild.replaceChildren(
    bubble(message, date, isNamed ? author : null),
    ...keyboard(message, rows, waiting),
  );
  for (const quote of element.querySelectorAll(".expandable")) quote.classList.add("folded");
  if (focused) restoreFocus(element, focused);
}

/** Takes the toggles from quotes that are short enough to be seen whole; needs the element on the page. */
export function settleQuotes(element) {
  for (const quote of element.querySelectorAll(".expandable")) {
    const inner = quote.querySelector(".quoted");
    if (inner.scrollHeight > inner.clientHeight + 1) continue;
    quote.classList.remove("folded");
    quote.querySelector(".expand").hidden = true;
  }
}

/** Marks the buttons that carry this callback data as waiting for an answer, or not any more. */
export function markWaiting(element, data, waiting) {
  for (const button of element.querySelectorAll(".keyboard button")) {
    if (button.dataset.data === data) setWaiting(button, waiting);
  }
}

/** Says a message in one line, for the list of chats and for those who listen. */
export function summaryOf(message) {
  const other = message.photo ? t("photo") : t("unsupported");
  return (message.text ?? message.caption ?? message.document?.file_name ?? other).replace(/\s+/g, " ").trim();
}

function bubble(message, date, author) {
  const text = message.text ?? message.caption ?? "";
  const known = text || message.document || message.photo;
  const body = known ? formatted(text, message.entities ?? message.caption_entities) : h("em", {}, t("unsupported"));
  return h(
    "div",
    { class: "bubble" },
    author === null ? null : h("p", { class: "author", dir: "auto" }, author),
    forwardLine(message),
    message.photo ? picture(message.photo.at(-1)) : null,
    message.document ? fileCard(message.document) : null,
    h("div", { class: "content", dir: "auto" }, h("span", { class: "text" }, body), metaLine(message, date)),
  );
}

function metaLine(message, date) {
  const edited = message.edit_date ? h("span", { class: "edited" }, `${t("edited")} `) : null;
  return h(
    "span",
    { class: "meta" },
    edited,
    h("time", { datetime: date.toISOString(), title: full(date) }, timeOf(date)),
  );
}

function forwardLine(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const source = origin.chat ?? origin.sender_chat;
  const name = source?.title ?? origin.sender_user_name ?? origin.sender_user?.first_name ?? "";
  return h("p", { class: "forwarded" }, icon("forward"), h("span", { dir: "auto" }, t("forwarded", { name })));
}

const download = (file) => `control/files/${encodeURIComponent(file.file_id)}`;

function picture(photo) {
  return h("img", {
    class: "photo",
    src: download(photo),
    width: photo.width,
    height: photo.height,
    alt: t("photo"),
    loading: "lazy",
  });
}

function fileCard(file) {
  return h(
    "a",
    { class: "file", href: download(file), download: file.file_name ?? "file" },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-name", dir: "auto" }, file.file_name ?? "file"),
    h("span", { class: "file-size" }, sizeOf(file.file_size ?? 0)),
  );
}

/** Names a size in bytes as people do. */
export function sizeOf(bytes) {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(KILO)));
  const value = bytes / KILO ** power;
  return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: power ? 1 : 0 })} ${t(UNITS[power])}`;
}

function keyboard(message, rows, waiting) {
  if (!rows.length) return [];
  const lines = rows.map((row) =>
    h(
      "div",
      { class: "keys" },
      row.map((button) => keyFor(button, waiting.has(`${message.message_id}:${button.callback_data}`))),
    ),
  );
  return [h("div", { class: "keyboard", role: "group", "aria-label": t("buttons") }, lines)];
}

function keyFor(button, waiting) {
  const element = h(
    "button",
    {
      type: "button",
      title: button.text,
      class: button.style ? `key ${button.style}` : "key",
      disabled: Boolean(button.disabled),
      data: button.callback_data === undefined ? {} : { data: button.callback_data },
    },
    h("span", { class: "label", dir: "auto" }, button.text),
    button.url ? h("span", { class: "corner" }, icon("link")) : null,
    button.copy_text ? h("span", { class: "corner" }, icon("copy")) : null,
  );
  if (button.url) element.dataset.url = button.url;
  if (button.copy_text) element.dataset.copyText = button.copy_text.text;
  setWaiting(element, waiting);
  return element;
}

function setWaiting(button, waiting) {
  button.classList.toggle("waiting", waiting);
  if (waiting) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

function focusedButton(element) {
  const button = element.contains(document.activeElement) ? document.activeElement.closest(".key") : null;
  if (!button) return null;
  const row = button.parentElement;
  return {
    label: button.title,
    row: [...row.parentElement.children].indexOf(row),
    column: [...row.children].indexOf(button),
  };
}

function restoreFocus(element, { label, row, column }) {
  const keys = [...element.querySelectorAll(".key:not([disabled])")];
  const place = element.querySelectorAll(".keys")[row]?.children[column];
  const target = keys.find((key) => key.title === label) ?? (place?.disabled ? null : place) ?? keys[0] ?? element;
  if (target === element) element.tabIndex = -1;
  target.focus({ preventScroll: true });
}
