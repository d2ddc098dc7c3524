// Folded tables are printed open, in browsers too that cannot do it by style; what was closed is closed again.
(() => {
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:is(.rows, .listed):not([open])"))];
    closed.forEach((folded) => { folded.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.forEach((folded) => { folded.open = false; });
    closed = [];
  });
})();
