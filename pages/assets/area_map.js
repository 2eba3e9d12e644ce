// The area map: draws one layer of shapes, colours them by class, lets people zoom and choose.
//
// Geometry and class tables are fetched once under hashed names and kept for the life of the
// page; a new value only recolours what is there, so zoom, focus and selection stay. Zoom is
// kept by map key, so it also survives a change of page.

const SVG = "http://www.w3.org/2000/svg";
const LABEL_PX = [11.5, 16]; // names on the map, in screen pixels: on a laptop, on a large screen
const LEAST_PX = 9.5; // as small as the names of kecamatan get, so that all of them stand
const WIDE = 1020; // a map this wide (pixels) is read from across the room
// How far a name may run over its own border: kecamatan are few, their halo keeps them legible.
const OVERHANG = { kecamatan: 2.6, desa: 1.15 };
const SPACED = 0.08; // ems between the letters of a sea (area_map.css)
const GRID = 14; // points tried across a shape for its name
const MAX_ZOOM = 24;
const REGION_ZOOM = 2.5; // a map of desa names their kecamatan below this zoom
const STEP = 1.5; // one press of a zoom button
const CHOSEN_ZOOM = 6; // the chosen areas are brought this near, at most
const CHOSEN_SHARE = 0.7; // and fill at most this share of the frame, so that neighbours stay in view
const WHOLE = { k: 1, x: 0, y: 0 };
const GAP = 10; // pixels between a place and its tooltip

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
    this.inner = []; // points of each shape, found when its name is first placed
    this.focused = 0;
    this.apply(views.get(this.viewKey()) ?? { ...WHOLE, choice: "" });
  }

  // Bring the chosen areas into the frame when the choice has changed, or the whole map when it is
  // released. A view that the reader chose, and that shows them all, stays.
  follow(chosen) {
    const choice = (this.data.s ?? []).join();
    if (choice === this.at.choice) return;
    const bounds = chosen.length ? this.boundsOf(chosen) : null;
    const isSeen = bounds ? this.at.isOwn && this.isInFrame(bounds) : this.at.isOwn && !this.at.choice;
    this.apply({ ...(isSeen ? this.at : bounds ? this.viewOf(bounds) : WHOLE), choice, isOwn: isSeen });
  }

  boundsOf(shapes) {
    const boxes = shapes.map((shape) => this.paths[this.layer.shapes.indexOf(shape)].getBBox());
    return {
      left: Math.min(...boxes.map((box) => box.x)),
      top: Math.min(...boxes.map((box) => box.y)),
      right: Math.max(...boxes.map((box) => box.x + box.width)),
      bottom: Math.max(...boxes.map((box) => box.y + box.height)),
    };
  }

  viewOf({ left, top, right, bottom }) {
    const { width, height } = this.layer;
    const share = Math.min(width / (right - left), height / (bottom - top)) * CHOSEN_SHARE;
    const k = Math.max(1, Math.min(CHOSEN_ZOOM, share));
    return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
  }

  isInFrame({ left, top, right, bottom }) {
    const { width, height } = this.layer;
    const { k, x, y } = this.at;
    return x + k * left >= 0 && y + k * top >= 0 && x + k * right <= width && y + k * bottom <= height;
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
    this.follow(layer.shapes.filter(({ code }) => selected.has(code) || selected.has(kecamatanOf(code))));
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

  // Names. The rule is that of geo/svg_map.py, which draws the map on paper: areas in order of
  // falling room, those that the page speaks of before them; a name in one line, then broken at
  // the space nearest its middle; it stands where it touches no other name; at desa level the
  // kecamatan's names come first; seas and neighbours come last. Two things differ, because a
  // screen has any size and zoom and paper one: a kecamatan's name may leave its anchor for
  // another point of its own shape, all of them together get smaller until every one stands,
  // and a name may run further over its border.
  relabel() {
    if (!this.layer || !this.frame.clientWidth) return;
    const { k } = this.at;
    const perUnit = this.pixelsPerUnit() * k; // screen pixels per layer unit
    const [small, large] = LABEL_PX;
    const pixels = Math.min(large, Math.max(small, (large * this.frame.clientWidth) / WIDE));
    const standing = [];
    this.names.replaceChildren();
    const write = ({ lines, x, y, room }, size, className, look) => {
      standing.push(room);
      const name = element("text", { class: className, "font-size": size }, this.names);
      name.style.strokeWidth = `${3 / perUnit}px`;
      if (look) [name.style.fill, name.style.stroke] = [look.ink, look.fill];
      lines.forEach((line, i) => {
        const part = element("tspan", { x, y: y + (i - (lines.length - 1) / 2) * size }, name);
        part.textContent = line;
      });
    };
    const isFree = ({ room }) => !standing.some((other) => touch(room, other));
    const usual = pixels / perUnit;
    // On a map of desa the chosen kecamatan are named all, if need be a step aside; from afar the
    // other kecamatan too, which are what people look for there.
    const chosen = new Set(this.data.s ?? []);
    const regions = (this.layer.regions ?? []).map((region) => [chosen.has(region.code), region]);
    for (const [isChosen, region] of regions.sort((a, b) => b[0] - a[0])) {
      if (!isChosen && k >= REGION_ZOOM) continue;
      const spots = isChosen ? this.placeSpots(region, usual) : [this.spot([region.name], region.x, region.y, usual)];
      const spot = spots.find(isFree);
      if (spot) write(spot, usual, "region");
    }
    const { size, spots } = this.placeNames(usual, LEAST_PX / perUnit, standing);
    for (const [i, spot] of spots) write(spot, size, "name", this.paths[i].look);
    // Seas and neighbours: whole, beside the kabupaten and inside the frame, or not at all.
    for (const place of this.layer.places ?? []) {
      const spot = this.placeSpots(place, usual).find((each) => isFree(each) && this.isBeside(each.room));
      if (spot) write(spot, usual, `place ${place.kind}`);
    }
    this.drawScale(perUnit);
  }

  // The size at which names stand, and where: shape index -> spot.
  placeNames(usual, least, taken) {
    const { shapes, level } = this.layer;
    const first = new Set(this.data.s ?? []);
    const roomy = shapes.map((_, i) => i).sort((a, b) => first.has(shapes[b].code) - first.has(shapes[a].code) || shapes[b].room - shapes[a].room);
    if (level === "kecamatan") {
      const tight = roomy.toReversed();
      for (let size = usual; size >= least - 1e-9; size -= (usual - least) / 4 || 1) {
        const spots = settle(tight, (i) => this.nameSpots(i, size), taken);
        if (spots.size === shapes.length) return { size, spots };
      }
    }
    const fits = (i) => (spot) => first.has(shapes[i].code) || spot.room[2] - spot.room[0] <= shapes[i].room * OVERHANG[level];
    return { size: usual, spots: settle(roomy, (i) => this.nameSpots(i, usual).filter(fits(i)), taken) };
  }

  // Where the name of a shape may stand, the best first.
  nameSpots(i, size) {
    const { name, x, y, room } = this.layer.shapes[i];
    // Near the anchor, over no border, in one line.
    const cost = ({ lines, x: px, y: py, room: [left, , right] }) =>
      Math.hypot(px - x, py - y) + Math.max(0, right - left - room) / 2 + ((lines.length - 1) * size) / 4;
    const forms = name.includes(" ") ? [[name], broken(name)] : [[name]];
    return forms
      .flatMap((lines) => this.points(i).map(([px, py]) => this.spot(lines, px, py, size)))
      .map((spot) => [cost(spot), spot])
      .sort((a, b) => a[0] - b[0])
      .map(([, spot]) => spot);
  }

  // Points of a shape at which its name may stand: at desa level the anchor alone.
  points(i) {
    const { x, y } = this.layer.shapes[i];
    if (this.layer.level === "desa") return [[x, y]];
    if (!this.inner[i]) {
      const box = this.paths[i].getBBox();
      const step = Math.max(box.width, box.height) / GRID;
      const at = this.svg.createSVGPoint();
      this.inner[i] = [[x, y]];
      for (at.x = box.x + step / 2; at.x < box.x + box.width; at.x += step) {
        for (at.y = box.y + step / 2; at.y < box.y + box.height; at.y += step) {
          if (this.paths[i].isPointInFill(at)) this.inner[i].push([at.x, at.y]);
        }
      }
    }
    return this.inner[i];
  }

  // Lines of text centred on a point, and the room (left, top, right, bottom) that they take.
  spot(lines, x, y, size) {
    const half = (Math.max(...lines.map((line) => this.ems(line))) * size) / 2;
    const tall = (lines.length * size) / 2;
    return { lines, x, y, room: [x - half, y - tall, x + half, y + tall] };
  }

  // The width of a line of text in ems, with its halo.
  ems(line) {
    this.widths ??= new Map();
    if (!this.widths.has(line)) {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `500 100px ${getComputedStyle(this.box).fontFamily}`;
      this.widths.set(line, pen.measureText(line).width / 100 + 0.15);
    }
    return this.widths.get(line);
  }

  // Where the name of a place may stand: at its point, else a step to a side; in one line or two.
  placeSpots({ name, x, y }, size) {
    return [[name], broken(name)].flatMap((lines) => {
      const half = (Math.max(...lines.map((line) => this.ems(line))) * size) / 2;
      const steps = [[0, 0], [half, 0], [-half, 0], [0, size], [0, -size], [half, size], [-half, size]];
      return steps.map(([dx, dy]) => {
        const spot = this.spot(lines, x + dx, y + dy, size);
        // Seas are written wide, and off the kabupaten every stroke of a letter must be.
        const [left, top, right, bottom] = spot.room;
        const [wide, tall] = [SPACED * Math.max(...lines.map((line) => line.length)) * size, 0.15 * size];
        return { ...spot, room: [left - wide / 2, top - tall, right + wide / 2, bottom + tall] };
      });
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

  // Show a view; `isOwn` where the reader chose it, `choice` the areas it was made for.
  apply({ k, x, y, choice = this.at?.choice ?? "", isOwn = false }) {
    const { width, height } = this.layer;
    const zoom = Math.min(MAX_ZOOM, Math.max(1, k));
    const clamp = (value, size) => Math.min(0, Math.max(size * (1 - zoom), value));
    this.at = { k: zoom, x: clamp(x, width), y: clamp(y, height), choice, isOwn };
    this.view.setAttribute("transform", `translate(${this.at.x} ${this.at.y}) scale(${zoom})`);
    this.scalePatterns();
    this.box.dataset.zoom = zoom.toFixed(2);
    // A finger scrolls the page over the map, and moves one that the reader has zoomed.
    this.svg.style.touchAction = zoom > 1 && isOwn ? "none" : "pan-y";
    views.set(this.viewKey(), this.at);
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = requestAnimationFrame(() => this.relabel());
  }

  zoom(factor, centre = [this.layer.width / 2, this.layer.height / 2]) {
    const { k, x, y } = this.at;
    const next = Math.min(MAX_ZOOM, Math.max(1, k * factor));
    const ratio = next / k;
    this.apply({ k: next, x: centre[0] - (centre[0] - x) * ratio, y: centre[1] - (centre[1] - y) * ratio, isOwn: true });
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
    add("⤢", "Tampilkan seluruh peta", () => this.apply({ ...WHOLE, isOwn: true }));
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
        if (this.at.k > 1) this.apply({ ...this.at, x: this.at.x + now[0] - before[0], y: this.at.y + now[1] - before[1], isOwn: true });
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
    const isPointer = event.clientX != null && event.type !== "focusin";
    const { clientX, clientY } = isPointer ? event : this.anchor(this.layer.shapes[index]);
    const [x, y] = [clientX - frame.left, clientY - frame.top];
    const shape = path.getBoundingClientRect();
    const place = {
      left: shape.left - frame.left, right: shape.right - frame.left,
      top: shape.top - frame.top, bottom: shape.bottom - frame.top,
    };
    const around = { left: x - GAP, right: x + GAP, top: y - GAP, bottom: y + GAP };
    const size = [this.tip.offsetWidth, this.tip.offsetHeight];
    const room = [this.frame.clientWidth, this.frame.clientHeight];
    const [left, top] = beside(place, [x, y], size, room) ?? beside(around, [x, y], size, room) ?? [4, 4];
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${top}px`;
  }

  key(event) {
    const index = Number(event.target.dataset?.index);
    if (!Number.isInteger(index)) return;
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (event.key === "Enter" || event.key === " ") this.pick(this.layer.shapes[index].code);
    else if (event.key in moves) this.focusNeighbour(index, moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.apply({ ...WHOLE, isOwn: true });
    else return;
    event.preventDefault();
  }

  // Bring a shape that a zoomed map leaves outside its frame into the middle.
  reveal(shape) {
    const { width, height } = this.layer;
    const { k, x, y } = this.at;
    const [left, top] = [x + k * shape.x, y + k * shape.y];
    if (left > 0 && left < width && top > 0 && top < height) return;
    this.apply({ k, x: width / 2 - k * shape.x, y: height / 2 - k * shape.y, isOwn: true });
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

const kecamatanOf = (code) => code.split(".").slice(0, 3).join(".");

// Where a box stands whole in the room beside a place, as near to a point as it can; if anywhere.
function beside(place, [x, y], [width, height], [wide, tall]) {
  const along = (middle, length, room) => Math.max(4, Math.min(room - length - 4, middle - length / 2));
  const [left, top] = [along(x, width, wide), along(y, height, tall)];
  const spots = [
    [left, place.top - GAP - height, y - place.top],
    [left, place.bottom + GAP, place.bottom - y],
    [place.right + GAP, top, place.right - x],
    [place.left - GAP - width, top, x - place.left],
  ].sort((a, b) => a[2] - b[2]);
  return spots.find(([left, top]) => left >= 4 && left + width <= wide - 4 && top >= 4 && top + height <= tall - 4);
}

// Give every name, in order, the first of its spots that touches nothing; where none is free, one
// name that stands in the way moves to another spot of its own.
function settle(order, spotsOf, taken) {
  const spots = new Map(order.map((i) => [i, spotsOf(i)]));
  const standing = new Map();
  const inWay = (spot, but) => [...standing].filter(([j, other]) => j !== but && touch(spot.room, other.room)).map(([j]) => j);
  const isOpen = (spot) => !taken.some((room) => touch(spot.room, room));
  const open = (i) => spots.get(i).filter(isOpen);
  const place = (i) => {
    const blocked = [];
    for (const spot of open(i)) {
      const others = inWay(spot);
      if (!others.length) return standing.set(i, spot);
      if (others.length === 1) blocked.push([spot, others[0]]);
    }
    for (const [spot, j] of blocked) {
      const elsewhere = open(j).find((other) => !touch(other.room, spot.room) && !inWay(other, j).length);
      if (elsewhere) return standing.set(j, elsewhere).set(i, spot);
    }
    return null;
  };
  order.forEach(place);
  return standing;
}

function touch(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// A name in two lines, broken at the space nearest its middle; one without a space stays whole.
function broken(name) {
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map((match) => match.index);
  if (!spaces.length) return [name];
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
