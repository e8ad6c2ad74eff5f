/** Owns how text with entities becomes elements: nested, crossing, counted in UTF-16 units, text nodes only. */
import { h, icon } from "./dom.js";
import { t } from "./words.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const LINK_PROTOCOLS = new Set(["http:", "https:", "tg:"]);
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote" };

/** Returns the address when it may be opened from a message (http, https, tg), otherwise null. */
export function safeAddress(raw) {
  const text = String(raw ?? "").trim();
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]*\.[^/]*:\d/.test(text) ? text : `http://${text}`;
  if (!URL.canParse(candidate)) return null;
  return LINK_PROTOCOLS.has(new URL(candidate).protocol) ? candidate : null;
}

/** Returns a fragment for the text; what an entity asks for but may not have (a script's address) stays text. */
export function formatted(text, entities = []) {
  const marks = usable(text, entities);
  const fragment = document.createDocumentFragment();
  const open = [{ node: fragment }];
  for (const [start, end] of pieces(text, marks)) {
    const wanted = marks.filter((mark) => mark.start <= start && mark.end >= end).sort(outermostFirst);
    let kept = 0;
    while (kept < wanted.length && open[kept + 1]?.mark === wanted[kept]) kept += 1;
    const closed = open.splice(kept + 1);
    const afterBlock = closed.some(isBlock) && !wanted.some((mark) => isBlock({ mark }));
    for (const mark of wanted.slice(kept)) {
      const { outer, inner } = elementFor(mark, text.slice(mark.start, mark.end));
      if (isBlock({ mark })) dropLastBreak(open.at(-1).node);
      open.at(-1).node.append(outer);
      open.push({ mark, node: inner });
    }
    const piece = text.slice(start, end);
    open.at(-1).node.append(afterBlock ? piece.replace(/^\n/, "") : piece);
  }
  return fragment;
}

const isBlock = ({ mark }) => BLOCKS.has(mark.type);

function usable(text, entities) {
  return entities
    .map((entity, index) => ({
      ...entity,
      index,
      start: onBorder(text, Math.max(0, entity.offset)),
      end: onBorder(text, Math.min(text.length, entity.offset + entity.length)),
    }))
    .filter((mark) => mark.end > mark.start);
}

/** Keeps a border out of the middle of a surrogate pair. */
function onBorder(text, position) {
  const code = text.charCodeAt(position);
  return position > 0 && code >= 0xdc00 && code <= 0xdfff ? position - 1 : position;
}

function pieces(text, marks) {
  const borders = new Set([0, text.length]);
  for (const mark of marks) borders.add(mark.start).add(mark.end);
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => [sorted[index], end]);
}

function outermostFirst(a, b) {
  const rank = (mark) => (isBlock({ mark }) ? 0 : 1);
  return rank(a) - rank(b) || a.start - b.start || b.end - a.end || a.index - b.index;
}

/** A block begins on its own line anyway: the break before it would show as an empty line when copied. */
function dropLastBreak(node) {
  const last = node.lastChild;
  if (last?.nodeType === Node.TEXT_NODE) last.data = last.data.replace(/\n$/, "");
}

function elementFor(mark, covered) {
  const same = (element) => ({ outer: element, inner: element });
  switch (mark.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
    case "blockquote":
      return same(h(PLAIN[mark.type]));
    case "spoiler":
      return same(h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler") }));
    case "code":
      return same(h("code", { title: t("copy"), data: { copy: "" } }));
    case "pre":
      return preformatted(mark);
    case "expandable_blockquote":
      return expandable();
    case "text_link":
      return same(link(mark.url));
    case "url":
      return same(link(covered));
    case "bot_command":
      return same(h("button", { type: "button", class: "inline", data: { command: covered } }));
    case "hashtag":
    case "cashtag":
      return same(h("button", { type: "button", class: "inline", data: { hashtag: covered } }));
    case "mention":
      return same(h("button", { type: "button", class: "inline", data: { mention: covered } }));
    default:
      return same(h("span", { data: { entity: mark.type } }));
  }
}

function link(raw) {
  const address = safeAddress(raw);
  if (!address) return h("span", { data: { entity: "refused_link" } });
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address, data: { link: "" } });
}

function preformatted(mark) {
  const inner = h("code", { class: "lines" });
  const copy = h(
    "button",
    { type: "button", class: "copy", title: t("copy"), "aria-label": t("copy"), data: { copy: "" } },
    icon("copy"),
  );
  const language = mark.language ? h("span", { class: "language" }, mark.language) : null;
  return { outer: h("pre", { dir: "ltr" }, language, inner, copy), inner };
}

function expandable() {
  const inner = h("div", { class: "quoted" });
  const toggle = h(
    "button",
    {
      type: "button",
      class: "expand",
      "aria-expanded": "false",
      title: t("expand"),
      "aria-label": t("expand"),
      data: { expand: "" },
    },
    icon("down"),
  );
  return { outer: h("blockquote", { class: "expandable" }, inner, toggle), inner };
}
