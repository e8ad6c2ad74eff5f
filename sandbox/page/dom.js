/** Owns how elements are made: text always becomes text nodes, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; `on` holds listeners, `data` the dataset, null and false attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes an icon from the page's symbols. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export const $ = (id) => document.getElementById(id);

/** Shows or hides by the hidden attribute. */
export function show(element, visible) {
  element.hidden = !visible;
}

/** Makes the initials of a name: one letter of each of its first two words. */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    words
      .slice(0, 2)
      .map((word) => [...word][0].toLocaleUpperCase())
      .join("") || "•"
  );
}

const TINTS = 7;

/** Paints an avatar: initials on one of a few tints chosen by the id. */
export function paintAvatar(element, name, id) {
  element.textContent = initials(name);
  element.dataset.tint = String(Math.abs(id) % TINTS);
}
