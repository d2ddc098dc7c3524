// Switching the language keeps the place on the page: sections and figures have the same ids in both.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.language-switch");
  if (link) link.hash = location.hash;
  // A search is kept too.
  if (link && location.search) link.search = location.search;
});
