/* Applies the kept theme before the first paint; a classic script because modules run too late for that. */
try {
  const kept = localStorage.getItem("svodka-theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch {
  /* Storage may be forbidden: the system's theme then rules. */
}
