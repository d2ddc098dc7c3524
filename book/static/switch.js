// Switching the language keeps the place on the page, what is unfolded there, and a search.
"use strict";

(() => {
  const KEPT = "summit-switch";
  // Targets that have the same id in every language; headings have one made of their words as well.
  const SHARED = [
    "section[id^='section-']", "span[id^='section-']", "span[id^='table-']", "section[id^='table-']",
    "figure[id]", "section.passage", ".claim", ".entry", "dt[id]",
  ].join(",");

  const article = () => document.querySelector("#main-content");
  /** @param {string} selector @returns {Element[]} */
  const all = (selector) => [...(article()?.querySelectorAll(selector) ?? [])];
  const allFolded = () => /** @type {HTMLDetailsElement[]} */ (all("details"));
  const page = () => location.pathname.split("/").pop();

  const SLACK = 8;
  /** @param {Element} element @param {"scrollPaddingTop" | "scrollMarginTop"} property */
  const length = (element, property) => parseFloat(getComputedStyle(element)[property]) || 0;
  /** @param {Element} element */
  const isShown = (element) => element.getClientRects().length > 0;

  // A target is past once it stands where a link to it would put it, or above.
  /** @param {Element} element */
  function isPast(element) {
    const landing = length(document.documentElement, "scrollPaddingTop") + length(element, "scrollMarginTop");
    return isShown(element) && element.getBoundingClientRect().top <= landing + SLACK;
  }

  /** @param {Element} element */
  function beginsInView(element) {
    const { top } = element.getBoundingClientRect();
    return isShown(element) && top >= 0 && top < innerHeight;
  }

  // The address that was asked for, while its beginning is in view; else the nearest target above.
  function place() {
    const asked = location.hash && document.getElementById(anchorOf(location));
    if (asked && asked.matches(SHARED) && beginsInView(asked)) return asked.id;
    return all(SHARED).findLast(isPast)?.id ?? "";
  }

  function keep() {
    const folded = allFolded();
    const kept = {
      page: page(),
      heading: all("h1, h2, h3").findLastIndex(isPast),
      folded: folded.length,
      open: folded.flatMap((details, number) => (details.open ? [number] : [])),
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing opens the page as it is.
    }
  }

  function kept() {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
      return found?.page === page() ? found : null;
    } catch {
      return null;
    }
  }

  // The pair has the same parts in the same order.
  function restore() {
    const found = kept();
    if (!found) return;
    const folded = allFolded();
    if (folded.length === found.folded) for (const number of found.open) folded[number].open = true;
    const asked = document.getElementById(anchorOf(location));
    (asked ?? all("h1, h2, h3")[found.heading > 0 ? found.heading : -1])?.scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a.language-switch"));
    if (!link) return;
    link.hash = place();
    link.search = location.search;
    keep();
  });
  document.addEventListener("DOMContentLoaded", restore);
})();
