/** Owns the modal windows: alerts, the question before a link, and the small forms. */
import { demoNow, timeOf, weekday } from "./dates.js";
import { h, icon } from "./dom.js";
import { sizeOf } from "./bubble.js";
import { CAPTION_LIMIT_UTF16 } from "./typing.js";
import { t } from "./words.js";

const NAME_LIMIT = 64;
// A text field: a browser shows its own time field by its own language, "07:00 PM" on a Russian page.
const TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9]";

/** Opens a window and resolves to its form's data, or to null when it was dismissed. */
function ask(title, body, { confirm, cancel = t("cancel"), wide = false }) {
  return new Promise((resolve) => {
    let submitter = null;
    const form = h(
      "form",
      { method: "dialog" },
      title ? h("h2", { id: "dialog-title" }, title) : null,
      body,
      h(
        "div",
        { class: "answers" },
        cancel ? h("button", { type: "button", class: "quiet", on: { click: () => dialog.close() } }, cancel) : null,
        confirm ? h("button", { class: "fill", value: "yes" }, confirm) : null,
      ),
    );
    const dialog = h(
      "dialog",
      { class: wide ? "wide" : null, ...(title ? { "aria-labelledby": "dialog-title" } : {}) },
      form,
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(submitter ? new FormData(form, submitter) : null);
    });
    form.addEventListener("submit", (event) => {
      submitter = event.submitter;
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const field = (label, control) => h("label", { class: "field" }, h("span", {}, label), control);
const hint = (text) => h("p", { class: "hint" }, text);

/** Shows a bot's alert until it is read. */
export function alertBox(text) {
  return ask("", h("p", { class: "alert", dir: "auto" }, text), { confirm: t("ok"), cancel: null });
}

/** Asks before leaving for an address; resolves to whether to go. */
export async function confirmLink(address) {
  return (await ask(t("openLink"), h("p", { class: "address", dir: "ltr" }, address), { confirm: t("open") })) !== null;
}

/** Asks for a new person's name, language and role. */
export async function askReader() {
  const languages = { ru: "languageRu", en: "languageEn", uk: "languageUk", de: "languageDe" };
  const options = Object.entries(languages).map(([code, name]) => h("option", { value: code }, t(name)));
  const body = [
    hint(t("newReaderHint")),
    field(
      t("name"),
      h("input", {
        name: "first_name",
        required: true,
        maxlength: NAME_LIMIT,
        autocomplete: "off",
        dir: "auto",
        autofocus: true,
      }),
    ),
    field(t("language"), h("select", { name: "language_code" }, options)),
    field(
      t("role"),
      h(
        "select",
        { name: "role" },
        h("option", { value: "reader" }, t("reader")),
        h("option", { value: "editor" }, t("editor")),
      ),
    ),
  ];
  const answer = await ask(t("newReader"), body, { confirm: t("create") });
  const name = answer?.get("first_name").trim();
  return name ? { first_name: name, language_code: answer.get("language_code"), role: answer.get("role") } : null;
}

/** Asks for the post to forward and the channel it comes from. */
export async function askForward() {
  const body = [
    hint(t("forwardHint")),
    field(
      t("forwardChannel"),
      h("input", { name: "title", required: true, maxlength: 128, value: t("forwardChannelValue"), dir: "auto" }),
    ),
    field(t("forwardText"), h("textarea", { name: "text", required: true, rows: 7, dir: "auto", autofocus: true })),
  ];
  const answer = await ask(t("forwardTitle"), body, { confirm: t("forwardSend"), wide: true });
  return answer ? { title: answer.get("title").trim(), text: answer.get("text").replace(/\r\n/g, "\n") } : null;
}

/** Shows the chosen files and asks for a caption; resolves to the caption, or to null when called off. */
export async function askFiles(files, caption) {
  const rows = files.map((file) =>
    h(
      "li",
      { class: "file" },
      h("span", { class: "file-icon" }, icon("file")),
      h("span", { class: "file-name", dir: "auto" }, file.name),
      h("span", { class: "file-size" }, sizeOf(file.size)),
    ),
  );
  const input = h("textarea", { name: "caption", rows: 2, maxlength: CAPTION_LIMIT_UTF16, dir: "auto" });
  input.value = caption;
  const body = [h("ul", { class: "files" }, rows), field(t("caption"), input)];
  const answer = await ask(t(files.length > 1 ? "filesTitle" : "fileTitle"), body, { confirm: t("send") });
  return answer ? answer.get("caption").replace(/\r\n/g, "\n").trim() : null;
}

/** Asks where to move the demonstration's clock; resolves to a request for the server, or to null. */
export async function askClock() {
  const now = demoNow();
  const go = h("button", { class: "quiet", name: "choice", value: "time" }, t("clockGo"));
  const time = h("input", {
    name: "time",
    value: "19:00",
    pattern: TIME,
    inputmode: "numeric",
    maxlength: 5,
    required: true,
  });
  // Enter in a form presses its first button; here it means the button beside the field.
  time.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go.click();
  });
  const body = [
    h("p", { class: "clock-now" }, t("clockNow", { time: timeOf(now), day: weekday(now) })),
    hint(t("clockHint")),
    h(
      "div",
      { class: "choices" },
      h(
        "button",
        { class: "fill", name: "choice", value: "morning", autofocus: true, formnovalidate: true },
        t("toMorning"),
      ),
      h("button", { class: "quiet", name: "choice", value: "hour", formnovalidate: true }, t("clockHour")),
    ),
    h("div", { class: "joined" }, field(t("clockTime"), time), go),
  ];
  const answer = await ask(t("clockTitle"), body, { confirm: null, cancel: t("close") });
  if (!answer) return null;
  return { morning: { to: "08:00" }, hour: { by: 3600 }, time: { to: answer.get("time") } }[answer.get("choice")];
}
