// Cards beside locators and terms: what the report says there, how it stands, on what that rests.
// By pointer, by keyboard (Escape closes) and by touch (the first tap opens, the second follows the link).
(() => {
  const OPENERS = "a.locator, a.term";
  const OPEN_AFTER = 250;
  const CLOSE_AFTER = 300;
  const GAP = 6;
  const TALLEST = 360;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  /** @type {Promise<Cards | null> | undefined} */
  let cards;
  /** @type {HTMLElement | null} */
  let card = null;
  /** @type {HTMLAnchorElement | null} */
  let opener = null;
  let timer = 0;
  let touched = false;
  let dismissed = false;
  let hovered = false;

  // A page from the disk may not fetch data, but it may load a script; once, when first asked for.
  const load = () => cards ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = new URL("cards-data.js", here).href;
    script.onload = () => resolve(window.summitCards ?? null);
    script.onerror = () => resolve(null);
    document.head.append(script);
  });

  /** @param {Cards} data @param {string} anchor */
  const content = (data, anchor) => {
    if (anchor in data.terms) return data.terms[anchor];
    if (anchor in data.claims) return data.claims[anchor];
    if (anchor in data.conclusions) return data.conclusions[anchor];
    if (!(anchor in data.passages)) return null;
    const held = data.passages[anchor].map((claim) => data.claims[claim]);
    return held.join("") || `<span class="held">${data.words["no-claim"]}</span>`;
  };

  /** @param {Cards} data @param {HTMLAnchorElement} link */
  const wayOn = (data, link) => {
    if (link.matches(".term")) return "to-glossary";
    return anchorOf(link) in data.conclusions ? "to-conclusions" : "to-passage";
  };

  // Where the list of all claims has what the card is of; nothing for terms and conclusions.
  /** @param {Cards} data @param {string} anchor */
  function listed(data, anchor) {
    const list = new URL("../claims.html", here);
    if (anchor in data.claims) list.hash = `claim-${anchor}`;
    else if (data.passages[anchor]?.length) list.searchParams.set("q", anchor);
    else return "";
    return list.href;
  }

  function close() {
    clearTimeout(timer);
    if (!card || !opener) return;
    opener.removeAttribute("aria-describedby");
    card.remove();
    card = opener = null;
  }

  // Below the link, or above it where there is more room; never beyond the edge of the window.
  function place() {
    if (!card || !opener) return;
    const link = opener.getClientRects()[0] ?? opener.getBoundingClientRect();
    const edge = document.documentElement.clientWidth;
    const start = getComputedStyle(card).direction === "rtl" ? link.right - card.offsetWidth : link.left;
    const below = innerHeight - link.bottom - 2 * GAP;
    const above = link.top - 2 * GAP;
    const under = below >= Math.min(card.scrollHeight, 240) || below >= above;
    card.style.maxHeight = `${Math.max(Math.min(under ? below : above, TALLEST), 80)}px`;
    card.style.left = `${Math.max(GAP, Math.min(start, edge - card.offsetWidth - GAP))}px`;
    card.style.top = `${under ? link.bottom + GAP : link.top - GAP - card.offsetHeight}px`;
  }

  /** @param {HTMLAnchorElement} link @param {boolean} [byPointer] */
  async function open(link, byPointer = false) {
    clearTimeout(timer);
    hovered = byPointer;
    if (link === opener) return;
    const data = await load();
    const html = data && content(data, anchorOf(link));
    if (!html || !link.isConnected) return;
    close();
    card = document.createElement("span");
    Object.assign(card, { id: "reading-card", className: "reading-card", innerHTML: html });
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", link.textContent);
    const ways = [[link.href, wayOn(data, link)], [listed(data, anchorOf(link)), "to-explorer"]];
    for (const [address, word] of ways) {
      if (!address) continue;
      const onward = document.createElement("a");
      onward.href = address;
      onward.className = "onward";
      onward.textContent = data.words[word];
      card.append(onward);
    }
    opener = link;
    link.after(card);
    link.setAttribute("aria-describedby", card.id);
    if ("popover" in card) {
      // Above everything, and cut by no box that scrolls.
      card.popover = "manual";
      card.showPopover();
    }
    place();
  }

  /** @param {() => void} action @param {number} delay */
  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };

  /** @param {Event} event */
  const targetOf = (event) => /** @type {Element} */ (event.target);

  /** @param {Event} event @returns {HTMLAnchorElement | null} */
  const openerOf = (event) => targetOf(event).closest(OPENERS);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = openerOf(event);
    if (card?.contains(targetOf(event))) clearTimeout(timer);
    else if (link) later(() => open(link, true), OPEN_AFTER);
    else later(() => hovered && close(), CLOSE_AFTER);
  });
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; }, true);
  document.addEventListener("focusin", (event) => {
    const target = targetOf(event);
    if (dismissed || card?.contains(target)) return;
    const isOpener = target.matches(OPENERS) && target.matches(":focus-visible");
    if (!touched && isOpener) open(/** @type {HTMLAnchorElement} */ (target));
    else if (target !== opener) close();
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key !== "Escape" || !card) return;
    const link = opener;
    const inside = card.contains(document.activeElement);
    close();
    // Back to where the reader came from, without opening it again.
    dismissed = true;
    if (inside) link?.focus();
    dismissed = false;
  });
  document.addEventListener("click", (event) => {
    const link = openerOf(event);
    if (touched && link && link !== opener && !card?.contains(link)) {
      event.preventDefault();
      open(link);
    } else if (card && !link && !card.contains(targetOf(event))) close();
  });
  addEventListener("scroll", place, { passive: true, capture: true });
  addEventListener("resize", place);
})();
