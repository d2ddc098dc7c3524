// What is folded is printed open, in browsers too that cannot do it by style; what was closed is closed again.
// Paper is white: a page that is read in the dark is printed as in the light.
(() => {
  const { dataset } = document.documentElement;
  /** @type {string | undefined} */
  let theme;
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".bd-article details:not([open])"))];
    closed.forEach((folded) => { folded.open = true; });
    theme ??= dataset.theme;
    if (theme) dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    closed.forEach((folded) => { folded.open = false; });
    closed = [];
    if (theme) dataset.theme = theme;
    theme = undefined;
  });
})();
