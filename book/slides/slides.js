// Start the deck in the direction of its language, and let long slides shrink until they fit.
const words = JSON.parse(document.currentScript.dataset.words);
const rightToLeft = document.documentElement.dir === "rtl";
const SMALLEST = 0.55;

const fit = (slide) => {
  for (let size = 1; slide.scrollHeight > Reveal.getConfig().height && size > SMALLEST; size -= 0.05)
    slide.style.fontSize = `${size}em`;
};

// The controls that reveal draws speak English.
const nameControls = () => {
  for (const [name, word] of Object.entries(words))
    document.querySelectorAll(`.controls .navigate-${name}`).forEach((button) => button.setAttribute("aria-label", word));
};

Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t",
  rtl: rightToLeft, navigationMode: "linear", transition: "none", controlsTutorial: false,
  plugins: [RevealNotes],
}).then(() => {
  document.querySelectorAll(".slides section:not(:has(section))").forEach((slide) => {
    const hidden = [slide, slide.parentElement].map((part) => [part, part.style.display]);
    hidden.forEach(([part]) => { part.style.display = "block"; });
    fit(slide);
    hidden.forEach(([part, display]) => { part.style.display = display; });
  });
  Reveal.layout();
  nameControls();
  document.documentElement.dataset.ready = "true";
});
