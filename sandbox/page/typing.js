/** Owns what a Telegram client does to typed text: markers become entities, long texts become several messages. */

export const LIMIT_UTF16 = 4096;
export const CAPTION_LIMIT_UTF16 = 1024;

const word = String.raw`[\p{L}\p{N}]`;
const paired = (name, marker, sign) =>
  String.raw`(?<!${word}|${sign})${marker}(?=[^\s${sign}])(?<${name}>[\s\S]{0,${LIMIT_UTF16}}?[^\s${sign}])${marker}(?!${word}|${sign})`;
const MARKED = new RegExp(
  [
    "```(?:(?<language>[\\w+#.-]{1,32})\\n)?(?<pre>\\s*[^\\s`][\\s\\S]*?)```",
    "`(?<code>[^`\\n]*[^`\\s][^`\\n]*)`",
    paired("bold", String.raw`\*\*`, String.raw`\*`),
    paired("italic", "__", "_"),
    paired("strikethrough", "~~", "~"),
    paired("spoiler", String.raw`\|\|`, String.raw`\|`),
    String.raw`\[(?<label>[^\[\]\n]+)\]\((?<url>https?:\/\/[^\s()]+)\)`,
  ].join("|"),
  "gu",
);
const NESTING = ["bold", "italic", "strikethrough", "spoiler"];

/** Returns the text without its markers and the entities they stood for (offsets in UTF-16 units). */
export function parseMarkers(source) {
  const entities = [];
  let text = "";
  let taken = 0;
  for (const match of source.matchAll(MARKED)) {
    text += source.slice(taken, match.index);
    taken = match.index + match[0].length;
    const { entity, inner } = meaning(match.groups);
    entities.push({ ...entity, offset: text.length, length: inner.text.length });
    entities.push(...inner.entities.map((child) => ({ ...child, offset: child.offset + text.length })));
    text += inner.text;
  }
  return { text: text + source.slice(taken), entities };
}

function meaning(groups) {
  const plain = (text) => ({ text, entities: [] });
  if (groups.pre !== undefined) {
    const language = groups.language ? { language: groups.language } : {};
    return { entity: { type: "pre", ...language }, inner: plain(groups.pre.replace(/^\n|\n$/g, "")) };
  }
  if (groups.code !== undefined) return { entity: { type: "code" }, inner: plain(groups.code) };
  if (groups.url !== undefined)
    return { entity: { type: "text_link", url: groups.url }, inner: parseMarkers(groups.label) };
  const type = NESTING.find((name) => groups[name] !== undefined);
  return { entity: { type }, inner: parseMarkers(groups[type]) };
}

/** Cuts a long text as clients do: at the last line end in the second half of a message, else at a space. */
export function splitLong({ text, entities }, limit = LIMIT_UTF16) {
  const parts = [];
  for (let start = 0; start < text.length;) {
    const end = text.length - start <= limit ? text.length : cutBefore(text, start, limit);
    parts.push(piece(text, entities, start, end));
    start = end;
  }
  return parts.filter((part) => part.text.trim());
}

function cutBefore(text, start, limit) {
  const end = start + limit;
  for (const border of ["\n", " "]) {
    const position = text.lastIndexOf(border, end - 1);
    if (position >= start + limit / 2) return position + 1;
  }
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}

function piece(text, entities, start, end) {
  const inside = entities
    .filter((entity) => entity.offset < end && entity.offset + entity.length > start)
    .map((entity) => {
      const offset = Math.max(entity.offset, start);
      return { ...entity, offset: offset - start, length: Math.min(entity.offset + entity.length, end) - offset };
    });
  return { text: text.slice(start, end), entities: inside };
}
