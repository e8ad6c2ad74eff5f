/** Owns the switch between day and night; theme.js applies the kept choice before the first paint. */
import { $, icon } from "./dom.js";
import { t } from "./words.js";

const LABELS = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };
const ORDER = Object.keys(LABELS);

const page = document.documentElement;
const button = $("theme");
const chosen = () => page.dataset.theme ?? "auto";

/** Draws the switch and makes it work. */
export function startThemes() {
  draw();
  button.addEventListener("click", next);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function draw() {
  const label = t(LABELS[chosen()]);
  button.replaceChildren(icon(chosen()));
  button.title = label;
  button.setAttribute("aria-label", label);
  const frame = document.querySelector("meta[name=theme-color]");
  frame.content = getComputedStyle(document.querySelector(".bar")).backgroundColor;
}

function next() {
  const theme = ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length];
  if (theme === "auto") delete page.dataset.theme;
  else page.dataset.theme = theme;
  try {
    localStorage.setItem("svodka-theme", theme);
  } catch {
    /* Without storage the choice lasts as long as the page. */
  }
  draw();
}
