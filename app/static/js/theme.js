// Light or dark, as the reader last chose. Runs before the first paint, so nothing flashes.
(() => {
  const root = document.documentElement;
  const remembered = (value) => {
    try {
      if (value) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return value; // storage is closed to us: the choice lasts for this page
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  };
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  apply(remembered());
  addEventListener("storage", (event) => event.key === "theme" && apply(event.newValue));
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-theme-switch]")) apply(remembered(isDark() ? "light" : "dark"));
  });
})();
