// What print.css cannot know: how wide charts and the field map stand on the screen, and whether
// they were drawn on dark. Measured at the last moment before printing.

const DRAWN = ".stPlotlyChart .svg-container, iframe[data-testid=stCustomComponentV1]";

addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll(DRAWN)) {
    one.style.setProperty("--w", one.clientWidth);
    if (one.contentDocument) hideButtons(one.contentDocument);
  }
  const app = document.querySelector(".stApp");
  document.documentElement.dataset.printedFrom = app ? getComputedStyle(app).colorScheme : "light";
});

function hideButtons(map) {
  if (map.getElementById("print")) return;
  const style = map.createElement("style");
  style.id = "print";
  style.textContent = "@media print { .leaflet-bar, button { display: none; } }";
  map.head.append(style);
}
