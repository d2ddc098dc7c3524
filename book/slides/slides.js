// Start the deck in the direction of its language. A slide that does not fit is mended in its cell, not shrunk.
const words = JSON.parse(document.currentScript.dataset.words);
const rightToLeft = document.documentElement.dir === "rtl";

// What reveal draws itself speaks English.
const nameControls = () => {
  for (const [name, word] of Object.entries(words))
    document.querySelectorAll(`.controls .navigate-${name}`).forEach((button) => button.setAttribute("aria-label", word));
  const resume = document.querySelector(".resume-button"); // the frames of the speaker's window have none
  if (resume) resume.textContent = words.resume;
};

Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t",
  rtl: rightToLeft, navigationMode: "linear", transition: "none", controlsTutorial: false,
  defaultTiming: 60, // each slide has its own; without a default the speaker's clock keeps none
  plugins: [RevealNotes],
}).then(() => {
  Reveal.layout();
  nameControls();
  document.documentElement.dataset.ready = "true";
});
