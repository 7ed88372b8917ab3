// The door of every bench on a page: nothing of a bench is loaded before one of them nears the window.
// @ts-check

const NEAR = "600px"; // how close the window comes

const door = new IntersectionObserver((entries) => {
  if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
  door.disconnect();
  import("./workbench.js");
}, { rootMargin: NEAR });
for (const bench of document.querySelectorAll("live-demo")) door.observe(bench);
