// Two helps that every page shares: "Apa artinya?" beside a figure, and links within the filter.
//
// A title that carries data-arti="<indicator>" gets a button that opens the definition; the texts
// come from one cached file. A link "?kec=<code>" narrows the page without loading it anew.

const script = document.getElementById("pantau-figures");
let meanings;

function fetchMeanings() {
  meanings ??= fetch(new URL(script.dataset.meanings, document.baseURI)).then((answer) => answer.json());
  return meanings;
}

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
  const known = (await fetchMeanings())[title.dataset.arti];
  if (!known) return;
  const figure = title.closest(".tile")?.querySelector(".detail")?.textContent;
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

function equip(title) {
  if (title.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "arti";
  button.textContent = "?";
  button.title = "Apa artinya?";
  button.setAttribute("aria-label", `Apa artinya ${title.textContent}?`);
  title.append(button);
}

function search(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  if (root.matches("[data-arti]")) equip(root);
  root.querySelectorAll("[data-arti]").forEach(equip);
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
