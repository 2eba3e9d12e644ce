// A table that people can search and sort, in Indonesian, as a real HTML table.
//
// Values come by column, words that repeat as a list and each row's place in it; a missing
// number is null and sorts last either way.
// Where a row can be picked, its first cell is a button: one tab stop for all rows, arrow keys
// between them; Enter in the search picks the first row found.

const instances = new WeakMap();
const indonesian = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const days = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const collator = new Intl.Collator("id", { numeric: true, sensitivity: "base" });

export default function table(component) {
  const root = component.parentElement;
  let view = instances.get(root);
  if (!view) {
    view = new TableView(root.querySelector(".table"));
    instances.set(root, view);
  }
  view.update(component);
}

function make(name, className, parent, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text != null) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

class TableView {
  constructor(box) {
    const bar = make("div", "bar", box);
    this.search = make("input", "", bar);
    this.search.type = "search";
    this.search.oninput = () => this.fill();
    this.search.onkeydown = (event) => event.key === "Enter" && this.body.querySelector(".pick")?.click();
    this.unsort = make("button", "unsort", bar);
    this.unsort.type = "button";
    this.unsort.onclick = () => {
      this.order = null;
      this.fill();
      this.scroll.scrollTop = 0;
      this.search.focus();
    };
    this.count = make("span", "count", bar);
    this.count.setAttribute("aria-live", "polite");
    this.scroll = make("div", "scroll", box);
    this.scroll.tabIndex = 0;
    this.scroll.setAttribute("role", "region");
    this.table = make("table", "", this.scroll);
    this.caption = make("caption", "", this.table);
    this.head = make("tr", "", make("thead", "", this.table));
    this.body = make("tbody", "", this.table);
    this.body.onclick = (event) => this.pick(event.target.closest("tr"));
    this.body.onkeydown = (event) => this.step(event);
    this.empty = make("p", "empty", box);
  }

  update({ data, setTriggerValue }) {
    const moved = data.picked !== this.data?.picked;
    this.data = data;
    this.rows = rowsOf(data.values);
    this.send = (row) => setTriggerValue("picked", row);
    this.order ??= data.order;
    this.search.placeholder = data.search;
    this.search.setAttribute("aria-label", data.search);
    this.scroll.style.maxHeight = `${data.height}px`;
    this.scroll.setAttribute("aria-label", data.caption);
    this.caption.textContent = data.caption;
    this.fill();
    if (moved) this.bringIntoView(this.body.querySelector(".picked"));
  }

  header() {
    this.head.replaceChildren();
    this.data.columns.forEach((column, index) => {
      if (column.kind === "tag") return;
      const cell = make("th", column.kind, this.head);
      cell.scope = "col";
      cell.dataset.label = column.label;
      const [by, direction] = this.order ?? [];
      const sorted = by === index;
      cell.setAttribute("aria-sort", !sorted ? "none" : direction > 0 ? "ascending" : "descending");
      const button = make("button", "", cell, column.label);
      button.type = "button";
      button.title = `Urutkan menurut ${column.label}`;
      make("span", "arrow", button, sorted ? (direction > 0 ? "▲" : "▼") : "");
      button.onclick = () => {
        this.order = [index, sorted ? -direction : ["number", "date"].includes(column.kind) ? -1 : 1];
        this.fill();
        this.head.querySelector('[aria-sort$="cending"] button').focus();
      };
    });
  }

  fill() {
    this.header();
    const { rows } = this;
    const { columns, searched, unsorted } = this.data;
    this.unsort.textContent = unsorted ?? "";
    this.unsort.hidden = !unsorted || !this.order;
    const wanted = this.search.value.trim().toLocaleLowerCase("id");
    const matches = (row) => searched.some((i) => written(row[i], columns[i]).toLocaleLowerCase("id").includes(wanted));
    const { picked, resting } = this.data;
    const shown = rows.filter((row) => (wanted ? matches(row) : resting?.[row.place] !== "1" || row.place === picked));
    if (this.order) {
      const [by, direction] = this.order;
      shown.sort((a, b) => compare(a[by], b[by], direction));
    }
    const part = document.createDocumentFragment();
    for (const row of shown) this.row(columns, row, part);
    const focused = this.body.getRootNode().activeElement?.closest("tbody tr")?.dataset.row;
    this.body.replaceChildren(part);
    this.body.querySelector(`tr[data-row="${focused}"] .pick`)?.focus({ preventScroll: true });
    this.body.classList.toggle("pickable", Boolean(this.data.pick));
    this.tabStop(this.body.querySelector(".pick:focus") ?? this.body.querySelector(".picked .pick") ?? this.body.querySelector(".pick"));
    this.count.textContent =
      shown.length === rows.length
        ? `${indonesian.format(rows.length)} ${this.data.unit}`
        : `${indonesian.format(shown.length)} dari ${indonesian.format(rows.length)} ${this.data.unit}`;
    this.empty.textContent = shown.length ? "" : wanted && rows.length ? "Tidak ada yang cocok dengan pencarian. Ubah atau hapus kata pencarian." : this.data.empty;
    this.table.hidden = !shown.length;
  }

  row(columns, row, parent) {
    const line = make("tr", "", parent);
    line.dataset.row = row.place;
    if (row.place === this.data.picked) line.className = "picked";
    columns.forEach((column, index) => {
      if (column.kind === "tag") return row[index] == null || make("span", "tag", line.lastChild, row[index]);
      const cell = make(index ? "td" : "th", column.kind, line);
      if (!index) cell.scope = "row";
      cell.dataset.label = column.label;
      const value = row[index];
      if (!index && this.data.pick) this.pickButton(cell, value, row.place);
      else if (column.kind === "status" && value != null) make("span", `chip ${column.chips[value] ?? ""}`, cell, value);
      else cell.textContent = value == null ? column.missing : written(value, column);
    });
  }

  pickButton(cell, value, place) {
    const button = make("button", "pick", cell, value);
    button.type = "button";
    button.tabIndex = -1;
    button.title = this.data.pick;
    if (place === this.data.picked) button.setAttribute("aria-current", "true");
  }

  // Tell Python which row was picked, by its place among the rows and what its first cell says.
  pick(line) {
    if (!line || !this.data.pick || String(getSelection())) return;
    const place = Number(line.dataset.row);
    this.tabStop(line.querySelector(".pick"));
    this.send([place, this.rows[place][0]]);
  }

  step(event) {
    const line = event.target.closest("tr");
    const steps = { ArrowDown: line.nextSibling, ArrowUp: line.previousSibling, Home: this.body.firstChild, End: this.body.lastChild };
    if (!this.data.pick || !(event.key in steps)) return;
    event.preventDefault();
    const button = steps[event.key]?.querySelector(".pick");
    if (!button) return;
    this.tabStop(button);
    button.focus();
  }

  // Scroll the rows, never the page.
  bringIntoView(line) {
    if (!line) return;
    const head = this.head.offsetHeight;
    const below = line.offsetTop + line.offsetHeight - this.scroll.clientHeight;
    if (line.offsetTop - head < this.scroll.scrollTop || below > this.scroll.scrollTop) {
      this.scroll.scrollTop = line.offsetTop - (this.scroll.clientHeight - line.offsetHeight) / 2;
    }
  }

  // Of all rows one is a tab stop.
  tabStop(button) {
    if (!button) return;
    for (const other of this.body.querySelectorAll('.pick[tabindex="0"]')) other.tabIndex = -1;
    button.tabIndex = 0;
  }
}

function rowsOf(values) {
  const lists = values.map((column) => (column.words ? column.places.map((place) => column.words[place]) : column));
  return (lists[0] ?? []).map((_, place) => Object.assign(lists.map((list) => list[place]), { place }));
}

// A value as people read it; a missing one is no text at all.
function written(value, { kind }) {
  if (value == null) return "";
  if (kind === "number") return indonesian.format(value);
  return kind === "date" ? days.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)) : String(value);
}

function compare(a, b, direction) {
  if (a == null || b == null) return (a == null) - (b == null);
  return direction * (typeof a === "number" ? a - b : collator.compare(a, b));
}
