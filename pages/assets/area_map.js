// The area map: draws one layer of shapes, colours them by class, lets people zoom and choose.
//
// Geometry and class tables are fetched once under hashed names and kept for the life of the
// page; a new value only recolours what is there, so zoom, focus and selection stay. Zoom is
// kept by map key, so it also survives a change of page.

const SVG = "http://www.w3.org/2000/svg";
const LABEL_PX = [11.5, 16]; // names on the map, in screen pixels: on a laptop, on a large screen
const WIDE = 1020; // a map this wide (pixels) is read from across the room
// How far a name may run over its own border: kecamatan are few, their halo keeps them legible.
const OVERHANG = { kecamatan: 2.6, desa: 1.15 };
const LABEL_WIDTH = 0.56; // mean width of a letter in ems, for the fit test
const MAX_ZOOM = 24;
const FIRST = 1e6; // more room than any shape has: these names are placed before all others
const REGION_ZOOM = 2.5; // a map of desa names their kecamatan below this zoom
const STEP = 1.5; // one press of a zoom button

const fetched = new Map(); // url -> promise of JSON
const views = new Map(); // map key -> {k, x, y}
const instances = new WeakMap();

export default function areaMap(component) {
  const root = component.parentElement;
  let map = instances.get(root);
  if (!map) {
    map = new AreaMap(root.querySelector(".area-map"));
    instances.set(root, map);
  }
  map.update(component);
  return () => map.stop();
}

function json(url) {
  if (!fetched.has(url)) {
    const answer = fetch(url).then((r) => {
      if (!r.ok) throw new Error(`${r.status} ${url}`);
      return r.json();
    });
    answer.catch(() => fetched.delete(url));
    fetched.set(url, answer);
  }
  return fetched.get(url);
}

function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (parent) parent.append(made);
  return made;
}

function html(name, className, parent) {
  const made = document.createElement(name);
  made.className = className;
  parent.append(made);
  return made;
}

const indonesian = new Intl.NumberFormat("id-ID");

class AreaMap {
  constructor(box) {
    this.box = box;
    this.frame = html("div", "frame", box);
    this.svg = element("svg", { role: "group", focusable: "false" }, this.frame);
    this.tip = html("div", "tip", this.frame);
    this.tip.setAttribute("aria-hidden", "true");
    this.legend = html("ul", "legend", box);
    this.foot = html("p", "foot", box);
    this.buttons();
    this.listen();
    this.observer = new ResizeObserver(() => this.relabel());
    this.pending = 0;
  }

  async update({ data, setTriggerValue }) {
    const turn = ++this.pending;
    this.pick = (code) => setTriggerValue("picked", code);
    let layer, tables;
    try {
      [layer, tables] = await Promise.all([json(data.g), json(data.t)]);
    } catch {
      this.foot.textContent =
        "Peta belum dapat dimuat. Periksa sambungan ke server, lalu muat ulang halaman.";
      return;
    }
    if (turn !== this.pending) return; // a newer update is on its way
    this.observer.observe(this.frame);
    this.table = tables[data.c];
    this.data = data;
    if (this.layer !== layer) this.draw(layer);
    this.paint();
    this.box.dataset.ready = data.g + data.k;
  }

  stop() {
    this.observer.disconnect();
  }

  // --- drawing: once per layer -----------------------------------------------------------

  draw(layer) {
    this.layer = layer;
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${layer.width} ${layer.height}`);
    this.defs = element("defs", {}, this.svg);
    this.drawnTable = null;
    this.view = element("g", { class: "view" }, this.svg);
    element("path", { class: "land", d: layer.land }, this.view);
    const areas = element("g", {}, this.view);
    this.paths = layer.shapes.map((shape, index) => {
      const path = element("path", { d: shape.path, role: "button", class: "area" }, areas);
      path.dataset.index = index;
      return path;
    });
    if (layer.inner) element("path", { class: "inner", d: layer.inner }, this.view);
    this.outline = element("path", { class: "outline", d: layer.outline }, this.view);
    this.ring = element("path", { class: "ring" }, this.view);
    this.names = element("g", { class: "names", "aria-hidden": "true" }, this.view);
    this.scale = element("g", { class: "scale", "aria-hidden": "true" }, this.svg);
    this.focused = 0;
    this.apply(views.get(this.viewKey()) ?? { k: 1, x: 0, y: 0 });
  }

  viewKey() {
    return `${this.data.i}:${this.layer.level}`;
  }

  // The marks of the table's patterns, each over the fill of its class.
  drawPatterns() {
    this.defs.replaceChildren();
    for (const { key, fill, pattern, marks } of this.table.classes) {
      if (!pattern) continue;
      const size = pattern === "crosshatch" ? 8 : 7;
      const made = element("pattern", { id: `pola-${key}`, width: size, height: size, patternUnits: "userSpaceOnUse" }, this.defs);
      made.dataset.turn = pattern === "hatch" ? "rotate(45) " : "";
      element("rect", { width: size, height: size }, made).style.fill = fill;
      if (pattern === "dots") element("circle", { cx: 3.5, cy: 3.5, r: 1.3 }, made).style.fill = marks;
      else {
        const lines = element("path", { d: pattern === "hatch" ? "M0 0V7" : "M0 0L8 8M8 0L0 8", "stroke-width": pattern === "hatch" ? 3 : 1 }, made);
        lines.style.stroke = marks;
      }
    }
    this.drawnTable = this.table;
    this.scalePatterns();
  }

  // Hatches and dots keep their size on the screen.
  scalePatterns() {
    for (const pattern of this.defs.children) pattern.setAttribute("patternTransform", `${pattern.dataset.turn}scale(${1 / this.at.k})`);
  }

  // --- painting: on every update ---------------------------------------------------------

  paint() {
    const { data, table, layer } = this;
    if (this.drawnTable !== table) this.drawPatterns();
    const classes = new Map(table.classes.map((c) => [c.key, c]));
    const selected = new Set(data.s ?? []);
    const counts = new Map();
    layer.shapes.forEach((shape, i) => {
      const look = classes.get(data.k[i]) ?? classes.get("x");
      counts.set(look.key, (counts.get(look.key) ?? 0) + 1);
      const path = this.paths[i];
      path.style.fill = look.pattern ? `url(#pola-${look.key})` : look.fill;
      path.setAttribute("aria-label", `${shape.name}: ${this.describe(i, look)}`);
      path.setAttribute("aria-pressed", selected.has(shape.code));
      path.tabIndex = i === this.focused ? 0 : -1;
      path.look = look;
    });
    this.svg.setAttribute("aria-label", data.a);
    const chosen = layer.shapes.filter((shape) => selected.has(shape.code));
    this.ring.setAttribute("d", chosen.map((shape) => shape.path).join(""));
    this.foot.textContent = data.f ?? "";
    this.drawLegend(counts);
    this.relabel();
  }

  describe(i, look) {
    const { n, N } = this.data;
    const value = n?.[i];
    // Without its number a value is told by its class alone.
    const template = look.text ?? (value == null ? this.table.class_text : this.table.text);
    if (!template) return look.label;
    const total = N?.[i] ?? 0;
    return template
      .replace("{n}", indonesian.format(value))
      .replace("{N}", indonesian.format(total))
      .replace("{p}", percentage(value, total))
      .replace("{c}", look.label);
  }

  drawLegend(counts) {
    this.legend.replaceChildren();
    this.legend.setAttribute("aria-label", `Keterangan warna: ${this.table.title}`);
    // A class that no area has would only be read for nothing.
    for (const look of this.table.classes.filter(({ key }) => counts.get(key))) {
      const item = html("li", "", this.legend);
      const swatch = html("span", `swatch ${look.pattern || "plain"}`, item);
      swatch.style.setProperty("--fill", look.fill);
      swatch.style.setProperty("--marks", look.marks);
      item.append(`${look.label} `);
      html("b", "", item).textContent = counts.get(look.key);
    }
  }

  // Names: at the anchor, those that matter most and then the largest room first, only where they
  // fit and touch no other name.
  relabel() {
    if (!this.layer || !this.frame.clientWidth) return;
    const { k } = this.at;
    const perUnit = this.pixelsPerUnit() * k; // screen pixels per layer unit
    const [small, large] = LABEL_PX;
    const size = Math.min(large, Math.max(small, (large * this.frame.clientWidth) / WIDE)) / perUnit;
    const placed = [];
    this.names.replaceChildren();
    const roomOf = (lines, x, y) => {
      const half = (Math.max(...lines.map((line) => line.length)) * LABEL_WIDTH * size) / 2;
      const tall = size * 0.55 * lines.length;
      return [x - half, y - tall, x + half, y + tall];
    };
    const isFree = (room) => !placed.some((b) => b[0] < room[2] && room[0] < b[2] && b[1] < room[3] && room[1] < b[3]);
    const write = (lines, x, y, className, look) => {
      const room = roomOf(lines, x, y);
      if (!isFree(room)) return;
      placed.push(room);
      const name = element("text", { class: className, "font-size": size }, this.names);
      name.style.strokeWidth = `${3 / perUnit}px`;
      if (look) [name.style.fill, name.style.stroke] = [look.ink, look.fill];
      lines.forEach((line, i) => {
        const part = element("tspan", { x, y: y + (i - (lines.length - 1) / 2) * size }, name);
        part.textContent = line;
      });
    };
    if (k < REGION_ZOOM) {
      // From afar the kecamatan are what people look for on a map of desa.
      for (const region of this.layer.regions ?? []) write([region.name], region.x, region.y, "region");
    }
    const first = new Set(this.data.e ?? []);
    const order = this.layer.shapes
      .map((shape, i) => [shape.room + (first.has(shape.code) ? FIRST : 0), i])
      .sort((a, b) => b[0] - a[0]);
    for (const [room, i] of order) {
      const shape = this.layer.shapes[i];
      const lines = broken(shape.name, shape.room / size / LABEL_WIDTH);
      const width = Math.max(...lines.map((line) => line.length)) * LABEL_WIDTH * size;
      if (room < FIRST && width > room * OVERHANG[this.layer.level]) continue;
      write(lines, shape.x, shape.y, "name", this.paths[i].look);
    }
    // Seas and neighbours: whole, beside the kabupaten and inside the frame, or not at all.
    for (const place of this.layer.places ?? []) {
      const spot = this.spots(place, size).find(([lines, x, y]) => {
        const room = roomOf(lines, x, y);
        return isFree(room) && this.isBeside(room);
      });
      if (spot) write(...spot, `place ${place.kind}`);
    }
    this.drawScale(perUnit);
  }

  // Where the name of a place may stand: at its point, else a step to a side; in one line or two.
  spots({ name, x, y }, size) {
    return [[name], broken(name, 0)].flatMap((lines) => {
      const half = (Math.max(...lines.map((line) => line.length)) * LABEL_WIDTH * size) / 2;
      const steps = [[0, 0], [half, 0], [-half, 0], [0, size], [0, -size], [half, size], [-half, size]];
      return steps.map(([dx, dy]) => [lines, x + dx, y + dy]);
    });
  }

  // Whether a box lies in the whole map's frame and off the kabupaten's own shapes.
  isBeside([left, top, right, bottom]) {
    const perUnit = this.pixelsPerUnit();
    const beyond = (this.svg.clientWidth / perUnit - this.layer.width) / 2; // shown beside the frame
    if (left < -beyond || right > this.layer.width + beyond || top < 0 || bottom > this.layer.height) return false;
    const at = this.svg.createSVGPoint();
    for (let column = 0; column <= 8; column += 1) {
      for (let row = 0; row <= 2; row += 1) {
        at.x = left + ((right - left) * column) / 8;
        at.y = top + ((bottom - top) * row) / 2;
        if (this.outline.isPointInFill(at)) return false;
      }
    }
    return true;
  }

  drawScale(perUnit) {
    const perKm = this.layer.units_per_km * perUnit;
    const km = [0.5, 1, 2, 5, 10, 20].find((step) => step * perKm >= 60) ?? 20;
    const unit = 1 / this.pixelsPerUnit();
    const [x, y] = [12 * unit, this.layer.height - 12 * unit];
    const width = km * this.layer.units_per_km * this.at.k;
    this.scale.replaceChildren();
    // Over a zoomed map the scale stands on areas and their names.
    const ground = { x: x - 6 * unit, y: y - 20 * unit, width: width + 12 * unit, height: 26 * unit };
    if (this.at.k > 1) element("rect", { ...ground, rx: 4 * unit }, this.scale);
    element("path", { d: `M${x} ${y - 4 * unit}v${4 * unit}h${width}v${-4 * unit}` }, this.scale);
    const text = element("text", { x: x + width / 2, y: y - 6 * unit, "font-size": 11 * unit }, this.scale);
    text.textContent = `${indonesian.format(km)} km`;
  }

  // --- view: zoom and pan ----------------------------------------------------------------

  pixelsPerUnit() {
    const { clientWidth, clientHeight } = this.svg;
    return Math.min(clientWidth / this.layer.width, clientHeight / this.layer.height) || 1;
  }

  apply({ k, x, y }) {
    const { width, height } = this.layer;
    const zoom = Math.min(MAX_ZOOM, Math.max(1, k));
    const clamp = (value, size) => Math.min(0, Math.max(size * (1 - zoom), value));
    this.at = { k: zoom, x: clamp(x, width), y: clamp(y, height) };
    this.view.setAttribute("transform", `translate(${this.at.x} ${this.at.y}) scale(${zoom})`);
    this.scalePatterns();
    this.box.dataset.zoom = zoom.toFixed(2);
    // A finger scrolls the page over the whole map, and moves a map that was zoomed.
    this.svg.style.touchAction = zoom > 1 ? "none" : "pan-y";
    views.set(this.viewKey(), this.at);
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = requestAnimationFrame(() => this.relabel());
  }

  zoom(factor, centre = [this.layer.width / 2, this.layer.height / 2]) {
    const { k, x, y } = this.at;
    const next = Math.min(MAX_ZOOM, Math.max(1, k * factor));
    const ratio = next / k;
    this.apply({ k: next, x: centre[0] - (centre[0] - x) * ratio, y: centre[1] - (centre[1] - y) * ratio });
  }

  point(event) {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return [0, 0];
    return [(event.clientX - matrix.e) / matrix.a, (event.clientY - matrix.f) / matrix.d];
  }

  // Where the middle of a shape stands on the screen.
  anchor({ x, y }) {
    const matrix = this.svg.getScreenCTM();
    const { k } = this.at;
    return {
      clientX: matrix.e + matrix.a * (this.at.x + k * x),
      clientY: matrix.f + matrix.d * (this.at.y + k * y),
    };
  }

  buttons() {
    const bar = html("div", "zoom", this.frame);
    const add = (sign, label, action) => {
      const button = html("button", "", bar);
      button.type = "button";
      button.textContent = sign;
      button.title = label;
      button.setAttribute("aria-label", label);
      button.onclick = () => this.layer && action();
    };
    add("+", "Perbesar peta", () => this.zoom(STEP));
    add("−", "Perkecil peta", () => this.zoom(1 / STEP));
    add("⤢", "Tampilkan seluruh peta", () => this.apply({ k: 1, x: 0, y: 0 }));
  }

  listen() {
    const { svg } = this;
    const touches = new Map();
    let dragged = 0;
    svg.addEventListener(
      "wheel",
      (event) => {
        // Without Ctrl the page scrolls; a map must not trap the reader's wheel.
        if (!event.ctrlKey || !this.layer) return;
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.point(event));
      },
      { passive: false },
    );
    svg.ondblclick = (event) => this.layer && this.zoom(STEP, this.point(event));
    svg.onpointerdown = (event) => {
      touches.set(event.pointerId, this.point(event));
      dragged = 0;
    };
    svg.onpointermove = (event) => {
      this.hover(event);
      const before = touches.get(event.pointerId);
      if (!before || !this.layer) return;
      const now = this.point(event);
      const others = [...touches].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
      if (others.length) {
        const span = (p) => Math.hypot(p[0] - others[0][0], p[1] - others[0][1]);
        this.zoom(span(now) / Math.max(1, span(before)), others[0]);
      } else {
        dragged += Math.hypot(now[0] - before[0], now[1] - before[1]);
        if (this.at.k > 1) this.apply({ ...this.at, x: this.at.x + now[0] - before[0], y: this.at.y + now[1] - before[1] });
      }
      touches.set(event.pointerId, now);
    };
    svg.onpointerup = svg.onpointercancel = svg.onpointerleave = (event) => {
      touches.delete(event.pointerId);
      if (event.type === "pointerleave") this.tip.classList.remove("shown");
    };
    svg.onclick = (event) => {
      const index = event.target.dataset?.index;
      // The second click of a double one only zooms, or it would release what the first has chosen.
      if (index != null && dragged < 6 && event.detail < 2) this.pick(this.layer.shapes[index].code);
    };
    svg.addEventListener("focusin", (event) => {
      const index = event.target.dataset?.index;
      if (index != null && event.target.matches(":focus-visible")) this.reveal(this.layer.shapes[index]);
      this.hover(event);
    });
    svg.addEventListener("focusout", () => this.tip.classList.remove("shown"));
    svg.onkeydown = (event) => this.key(event);
  }

  hover(event) {
    const index = event.target.dataset?.index;
    if (index == null || !this.data) {
      this.tip.classList.remove("shown");
      return;
    }
    const path = this.paths[index];
    this.tip.textContent = path.getAttribute("aria-label");
    this.tip.classList.add("shown");
    const frame = this.frame.getBoundingClientRect();
    const at = event.clientX != null && event.type !== "focusin" ? event : this.anchor(this.layer.shapes[index]);
    const x = Math.min(at.clientX - frame.left + 14, frame.width - this.tip.offsetWidth - 6);
    const y = at.clientY - frame.top + 18;
    const below = y + this.tip.offsetHeight < frame.height;
    this.tip.style.left = `${Math.max(4, x)}px`;
    this.tip.style.top = `${below ? y : y - this.tip.offsetHeight - 34}px`;
  }

  key(event) {
    const index = Number(event.target.dataset?.index);
    if (!Number.isInteger(index)) return;
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (event.key === "Enter" || event.key === " ") this.pick(this.layer.shapes[index].code);
    else if (event.key in moves) this.focusNeighbour(index, moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.apply({ k: 1, x: 0, y: 0 });
    else return;
    event.preventDefault();
  }

  // Bring a shape that a zoomed map leaves outside its frame into the middle.
  reveal(shape) {
    const { width, height } = this.layer;
    const { k, x, y } = this.at;
    const [left, top] = [x + k * shape.x, y + k * shape.y];
    if (left > 0 && left < width && top > 0 && top < height) return;
    this.apply({ k, x: width / 2 - k * shape.x, y: height / 2 - k * shape.y });
  }

  // The nearest shape that lies more in the wanted direction than to its side.
  focusNeighbour(index, [dx, dy]) {
    const from = this.layer.shapes[index];
    let best = null;
    let nearest = Infinity;
    this.layer.shapes.forEach((shape, i) => {
      const ahead = (shape.x - from.x) * dx + (shape.y - from.y) * dy;
      const aside = Math.abs((shape.x - from.x) * dy) + Math.abs((shape.y - from.y) * dx);
      const cost = ahead + 2 * aside;
      if (ahead > 0 && aside <= ahead * 1.5 && cost < nearest) [best, nearest] = [i, cost];
    });
    if (best == null) return;
    this.paths[index].tabIndex = -1;
    this.focused = best;
    this.paths[best].tabIndex = 0;
    this.paths[best].focus({ preventScroll: true });
  }
}

// A name in two lines where it is longer than its room (in letters) and holds a space.
function broken(name, letters) {
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map((match) => match.index);
  if (name.length <= letters || !spaces.length) return [name];
  const at = spaces.reduce((best, i) => (Math.abs(i - middle) < Math.abs(best - middle) ? i : best));
  return [name.slice(0, at), name.slice(at + 1)];
}

// A whole percentage that never rounds to 0 or 100 wrongly: the rule of words.percent.
function percentage(value, total) {
  const share = total ? (100 * value) / total : 0;
  if (share > 0 && share < 1) return "<1";
  if (share > 99 && share < 100) return ">99";
  return Math.round(share);
}
