// A picture of the argument answers: what leads to a point and what it leads to is lit, by pointer,
// touch and key; links can be narrowed to those that are stated; the path from one point to another
// is lit and told. The graph is that of the list beneath the picture, with all words but those that
// the form brings (helpers/publish/reasoning.py).
"use strict";

(() => {
  const FEW = 3; // as many points as a line names
  const STATED = "stated";

  /** @param {HTMLFormElement} form */
  function answer(form) {
    const figure = /** @type {HTMLElement} */ (form.closest("figure"));
    const said = /** @type {HTMLElement} */ (figure.querySelector(".argument-said"));
    const drawing = /** @type {SVGElement} */ (figure.querySelector("svg.live"));
    const entries = new Map(all("details.argument li[data-link]").map((item) => [item.dataset.link ?? "", item]));
    const titles = new Map(all("details.argument li[data-point]").map((item) => [item.dataset.point ?? "", words(item)]));
    const marks = /** @type {(HTMLElement | SVGElement)[]} */ ([...drawing.querySelectorAll("a:is([data-point], [data-link])")]);
    const selects = /** @type {HTMLSelectElement[]} */ (all("select", form));
    const ties = [...entries].map(([id, item]) => ({
      id,
      from: /** @type {HTMLElement} */ (item.closest("li[data-point]")).dataset.point ?? "",
      to: item.dataset.to ?? "",
      stated: item.dataset.stated !== undefined,
    }));
    const reasoning = makeReasoning(ties);
    // The mark that is pointed at, has the focus or was touched; a touch lights it before it leads on.
    /** @type {{pointed?: Element, focused?: Element, touched?: Element}} */
    let at = {};
    let byTouch = false;
    let newest = ""; // of the fields, the one that was changed last
    /** @type {string[]} */
    let unknown = [];

    /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
    function all(selector, within = figure) {
      return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];
    }

    /** @param {HTMLElement} item */
    function words(item) {
      return item.querySelector("a")?.textContent ?? "";
    }

    /** @param {string} point */
    const title = (point) => titles.get(point) ?? "";
    /** @param {string} name */
    const chosen = (name) => String(new FormData(form).get(name) ?? "");
    const statedAlone = () => chosen("links") === STATED;

    /** @param {string} word @param {Record<string, string | number>} [values] */
    const fill = (word, values = {}) =>
      (form.dataset[word] ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

    // What is said

    /** @param {string[]} points */
    function counted(points) {
      if (!points.length) return fill("none");
      if (points.length > FEW) return String(points.length);
      return fill("some", { count: points.length, titles: points.map(title).join(" · ") });
    }

    /** @param {string[]} lines @param {string[]} [steps] */
    function say(lines, steps = []) {
      const told = lines.map((line) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        return paragraph;
      });
      const list = document.createElement("ol");
      for (const link of steps) {
        const item = document.createElement("li");
        item.append(entries.get(link)?.querySelector("a")?.cloneNode(true) ?? "");
        list.append(item);
      }
      said.replaceChildren(...told, ...(steps.length ? [list] : []));
    }

    // What is lit

    /** @param {Iterable<string>} points @param {Iterable<string>} links @param {string[]} [ends] */
    function light(points, links, ends = []) {
      const lit = { point: new Set(points), link: new Set(links) };
      drawing.classList.toggle("lit", lit.point.size > 0);
      for (const mark of marks) {
        const { point, link } = mark.dataset;
        mark.classList.toggle("on", point ? lit.point.has(point) : lit.link.has(link ?? ""));
        mark.classList.toggle("asked", ends.includes(point ?? ""));
      }
    }

    // On a phone the picture is wider than its box: the end of a path that was chosen last is brought into it.
    /** @param {string} point */
    function bringIn(point) {
      const box = drawing.parentElement;
      const mark = marks.find(({ dataset }) => dataset.point === point);
      if (!box || !mark || box.scrollWidth <= box.clientWidth) return;
      const [here, there] = [box, mark].map((each) => each.getBoundingClientRect());
      box.scrollBy({ left: there.left + there.width / 2 - here.left - here.width / 2 });
    }

    /** @param {string} point */
    function showAround(point) {
      const { before, after, ties: links } = reasoning.around(point, statedAlone());
      light([point, ...before, ...after], links, [point]);
      const told = fill("lit", { title: title(point), before: counted(before), after: counted(after) });
      say(at.touched ? [told, fill("again")] : [told]);
    }

    /** @param {string} link */
    function showLink(link) {
      const tie = ties.find(({ id }) => id === link);
      if (!tie) return;
      light([tie.from, tie.to], [link]);
      const told = words(/** @type {HTMLElement} */ (entries.get(link)));
      say(at.touched ? [told, fill("again")] : [told]);
    }

    /** @param {string} from @param {string} to */
    function showWay(from, to) {
      const way = reasoning.way(from, to, statedAlone());
      const ends = { start: title(from), end: title(to) };
      light(way?.points ?? [from, to], way?.ties ?? [], [from, to]);
      bringIn(newest === "to" ? to : from);
      if (way) return say([fill("way", { ...ends, count: way.ties.length })], way.ties);
      const other = reasoning.way(from, to, false);
      say([other ? fill("noStatedWay", { ...ends, count: other.ties.length }) : fill("noWay", ends)]);
    }

    function show() {
      const mark = /** @type {HTMLElement | undefined} */ (at.pointed ?? at.touched ?? at.focused);
      const { point, link } = mark?.dataset ?? {};
      const [from, to] = [chosen("from"), chosen("to")];
      if (point) showAround(point);
      else if (link) showLink(link);
      else if (from && to) showWay(from, to);
      else {
        light([], []);
        say([...rest(), ...unknown.map((value) => fill("unknown", { value }))]);
      }
    }

    function rest() {
      const shown = ties.filter(({ stated }) => stated).length;
      return [statedAlone() ? fill("counted", { shown, all: ties.length }) : fill("hint")];
    }

    function narrow() {
      const gone = new Set(ties.filter(({ stated }) => statedAlone() && !stated).map(({ id }) => id));
      for (const mark of marks) mark.classList.toggle("off", gone.has(mark.dataset.link ?? ""));
      for (const [link, item] of entries) item.hidden = gone.has(link);
      drawing.classList.toggle("narrowed", gone.size > 0);
    }

    // The address

    function keep() {
      unknown = [];
      const address = new URL(location.href);
      for (const name of ["links", ...selects.map((select) => select.name)]) {
        address.searchParams.delete(name);
        const value = chosen(name);
        if (value && !(name === "links" && value !== STATED)) address.searchParams.set(name, value);
      }
      try {
        history.replaceState(null, "", address);
      } catch {
        // A browser that lets no page from the disk change its address answers all the same.
      }
    }

    function recall() {
      const asked = new URLSearchParams(location.search);
      const choices = /** @type {(HTMLInputElement | HTMLOptionElement)[]} */ (all("input, option", form));
      for (const name of ["links", ...selects.map((select) => select.name)]) {
        const value = asked.get(name);
        if (!value) continue;
        const choice = choices.find((each) =>
          each.value === value && (each instanceof HTMLInputElement ? each.name : each.closest("select")?.name) === name);
        if (choice instanceof HTMLInputElement) choice.checked = true;
        else if (choice) choice.selected = true;
        else unknown.push(`${name}=${value}`);
      }
    }

    // Who asks

    /** @param {Event} event */
    const markOf = (event) => /** @type {Element} */ (event.target).closest("a:is([data-point], [data-link])") ?? undefined;

    /** @param {typeof at} change */
    function attend(change) {
      at = { ...at, ...change };
      show();
    }

    function clearWay() {
      for (const select of selects) select.value = "";
      keep();
      show();
    }

    drawing.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") attend({ pointed: markOf(event) });
    });
    drawing.addEventListener("pointerleave", () => attend({ pointed: undefined }));
    drawing.addEventListener("focusin", (event) => {
      if (!byTouch) attend({ focused: markOf(event) });
    });
    drawing.addEventListener("focusout", () => attend({ focused: undefined }));
    document.addEventListener("pointerdown", ({ pointerType }) => (byTouch = pointerType === "touch"), true);
    document.addEventListener("keydown", () => (byTouch = false), true);
    figure.addEventListener("click", (event) => {
      if (!byTouch) return;
      const mark = markOf(event);
      if (!mark && !drawing.contains(/** @type {Node} */ (event.target))) return;
      if (mark && mark !== at.touched) event.preventDefault();
      if (mark !== at.touched) attend({ touched: mark });
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      if (Object.values(at).some(Boolean)) {
        at = {};
        show();
      } else if (selects.some(({ value }) => value)) clearWay();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      at = {};
      newest = /** @type {HTMLInputElement} */ (target).name;
      keep();
      narrow();
      show();
    });
    form.querySelector("[data-clear]")?.addEventListener("click", clearWay);
    form.hidden = said.hidden = false;
    recall();
    narrow();
    show();
  }

  for (const form of document.querySelectorAll("form.argument")) answer(/** @type {HTMLFormElement} */ (form));
})();
