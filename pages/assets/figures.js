// What every page shares: "Apa artinya?" beside a figure, its small trend, and links within the filter.
//
// The title of a tile that is an indicator's gets a button that opens its definition; the texts come
// from one cached file. A tile's trend is drawn from its heights. A link "?kec=<code>" narrows the
// page without loading it anew.

const script = document.getElementById("pantau-figures");
const meanings = fetch(new URL(script.dataset.meanings, document.baseURI))
  .then((answer) => answer.json())
  .then((known) => new Map(Object.values(known).map((each) => [each.label, each])));

const card = document.createElement("div");
card.id = "arti";
card.popover = "auto";
card.setAttribute("role", "dialog");

function paragraph(text, name) {
  const line = document.createElement("p");
  if (name) line.className = name;
  line.textContent = text;
  return line;
}

async function open(button) {
  const title = button.parentElement;
  const known = (await meanings).get(title.firstChild.data);
  const figure = title.closest(".tile").querySelector("p")?.textContent;
  card.replaceChildren(
    paragraph(known.label, "name"),
    paragraph(known.sentence),
    ...(figure ? [paragraph(`Angka ini: ${figure}.`)] : []),
    ...(known.left_out ? [paragraph(`Tidak dihitung: ${known.left_out}`)] : []),
  );
  if (!card.isConnected) document.body.append(card);
  card.setAttribute("aria-label", `Arti ${known.label}`);
  card.showPopover();
  const { left, bottom, top } = button.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  card.style.top = `${bottom + height + 8 < innerHeight ? bottom + 6 : Math.max(8, top - height - 6)}px`;
}

async function equip(title) {
  const label = title.textContent;
  if (!(await meanings).has(label) || title.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "arti";
  button.textContent = "?";
  button.title = "Apa artinya?";
  button.setAttribute("aria-label", `Apa artinya ${label}?`);
  title.append(button);
}

function draw(trend) {
  const heights = [...trend.dataset.t].map((sign) => (100 * parseInt(sign, 36)) / 35);
  const step = 100 / (heights.length - 1);
  const points = heights.map((height, place) => `${(place * step).toFixed(1)}% ${(100 - height).toFixed(0)}%`);
  trend.style.setProperty("--p", `polygon(0 100%, ${points}, 100% 100%)`);
}

function search(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  root.querySelectorAll(".tile h2").forEach(equip);
  root.querySelectorAll(".tile > [data-t]").forEach(draw);
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) addedNodes.forEach(search);
}).observe(document.body, { subtree: true, childList: true });
search(document.body);

function narrow(link) {
  const query = new URLSearchParams(location.search);
  query.delete("kec");
  new URLSearchParams(link.getAttribute("href")).forEach((value, name) => query.append(name, value));
  history.pushState({}, "", `?${query}`);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.arti");
  if (button) return void open(button);
  const link = event.target.closest?.('a[href^="?kec="]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  narrow(link);
});
