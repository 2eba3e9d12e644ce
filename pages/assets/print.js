// What print.css cannot know: how large charts and the field map stand on the screen, and whether
// they were drawn on dark. Measured at the last moment before printing.

const DRAWN = ".stPlotlyChart .svg-container, iframe[data-testid=stCustomComponentV1]";

addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll(DRAWN)) {
    one.style.setProperty("--w", one.clientWidth);
    one.style.setProperty("--h", one.clientHeight);
    if (one.contentDocument) layOnPaper(one.contentDocument);
  }
  const app = document.querySelector(".stApp");
  document.documentElement.dataset.printedFrom = app ? getComputedStyle(app).colorScheme : "light";
});

// The field map is a page of its own, which no stylesheet of this one reaches.
const FRAME_ON_PAPER = `@media print {
  :root, body { --background-color: white !important; --secondary-background-color: white !important; --text-color: black !important; }
  .leaflet-bar, button { display: none; }
}`;

function layOnPaper(map) {
  if (map.getElementById("print")) return;
  const style = map.createElement("style");
  style.id = "print";
  style.textContent = FRAME_ON_PAPER;
  map.head.append(style);
}
