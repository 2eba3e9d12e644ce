// The field map under the hand: its limits and way home, names, tooltips, keyboard and finger.
//
// folium draws the map in a frame of its own and loads this file once. `fieldMap` is called when
// the map stands; from then on every message of the server may bring new shapes (a feature group),
// and says in the element `field-map-state` which kecamatan are chosen and which area is pointed at.

(() => {
  const PADDING = [6, 6];
  const OUT = 0.5; // zoom steps that a reader may go out beyond the whole kabupaten
  const NEAR = 1.25; // zoom steps into the kabupaten from which desa have names
  const CLOSEST = 2; // zoom steps into the kabupaten at which an area that is pointed at is shown, at most
  const AROUND = 0.4; // land and sea a reader may reach around the kabupaten, as a share of its size
  const GAP = 10; // pixels between a place and its tooltip
  const RELEASE_MS = 80; // a popup that closes because another opens releases nothing
  const HINT_MS = 1600;

  window.fieldMap = (map, options) => {
    const shown = new FieldMap(map, options);
    const { Streamlit } = window;
    const stateIn = (page) => JSON.parse(page.getElementById("field-map-state").value);
    const ready = styled();
    Streamlit.events.addEventListener(Streamlit.RENDER_EVENT, ({ detail }) =>
      ready.then(() => shown.update(stateIn(new DOMParser().parseFromString(detail.args.html, "text/html")))),
    );
    ready.then(() => shown.update(stateIn(document))); // the first shapes follow this script
  };

  // Resolves when the stylesheets of the frame stand: names are measured, and limits too.
  const styled = () => Promise.all(
    [...document.querySelectorAll("link[rel=stylesheet]")].map((link) =>
      link.sheet || new Promise((done) => (link.onload = link.onerror = done))),
  );

  const codeOf = (layer) => layer.feature?.properties?.code;
  // The words of a shape are HTML, for its tooltip and popup.
  const textOf = (html) => (html.includes("&") ? new DOMParser().parseFromString(html, "text/html").body.textContent : html);
  const kecamatanOf = (code) => code.split(".").slice(0, 3).join(".");

  class FieldMap {
    constructor(map, { bounds, names, pane, sea }) {
      Object.assign(this, { map, pane, whole: L.latLngBounds(bounds) });
      this.box = map.getContainer();
      this.box.style.background = sea;
      this.areas = new Map(); // code -> layer
      this.anchors = new Map(); // code -> where the name of a desa stands
      this.desa = new Map(); // code -> its name on the map
      [this.only, this.chosen, this.opened] = ["", "", ""];
      this.turn = Date.now();
      L.control.zoom({ zoomInTitle: "Perbesar peta", zoomOutTitle: "Perkecil peta" }).addTo(map);
      this.homeButton();
      L.control.scale({ imperial: false }).addTo(map);
      this.hint = L.DomUtil.create("div", "field-hint", this.box);
      this.hint.setAttribute("aria-hidden", "true");
      this.limit();
      this.fit(this.whole);
      this.kecamatan = names.map(([code, name, ...at]) => ({ code, text: this.write(name, at, "kecamatan") }));
      this.listen();
      this.fingers();
    }

    // --- what the server says -----------------------------------------------------------------

    update({ only, chosen }) {
      const isFirst = !this.areas.size;
      const isNew = this.collect();
      const isFiltered = this.only !== only.join();
      if (isFiltered) this.fit(this.boundsOf(only), !isFirst);
      this.only = only.join();
      const isPointed = chosen !== this.chosen;
      this.chosen = chosen;
      if (isNew || isPointed) this.drawRing();
      if (isPointed && chosen !== this.opened) this.pointAt(chosen, !isFirst && !isFiltered);
      else if (isNew && this.opened) this.openPopup(codeOf(this.layerOf(chosen) ?? this.layerOf(this.opened) ?? {}));
      this.declutter();
      this.box.dataset.ready = [this.only, chosen].join();
    }

    // Take up the shapes that stand now; returns whether they are others than before.
    collect() {
      const areas = new Map();
      this.map.eachLayer((layer) => {
        const path = layer instanceof L.Path && layer.options.interactive && layer.getElement();
        if (!path) return;
        path.tabIndex = -1;
        if (codeOf(layer)) areas.set(codeOf(layer), layer);
      });
      const isNew = areas.values().next().value !== this.areas.values().next().value;
      this.areas = areas;
      if (isNew) areas.forEach((layer, code) => this.prepare(layer, code));
      this.roveTo(areas.has(this.focused) ? this.focused : areas.keys().next().value);
      return isNew;
    }

    prepare(layer, code) {
      const path = layer.getElement();
      const { code: _code, status: _status, ...words } = layer.feature.properties;
      path.dataset.code = code;
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", textOf(Object.values(words).filter(Boolean).join(", ")));
      layer.on("click", () => this.pick(code));
    }

    // A level without desa points at the kecamatan of a desa.
    layerOf(code) {
      return code && (this.areas.get(code) ?? this.areas.get(kecamatanOf(code)));
    }

    // --- choosing -----------------------------------------------------------------------------

    pick(code) {
      clearTimeout(this.release);
      this.opened = code;
      this.roveTo(code);
      this.say(code);
    }

    say(code) {
      this.turn += 1;
      window.Streamlit.setComponentValue({ code, turn: this.turn });
    }

    // Show an area that was chosen elsewhere: near enough to be seen, with its popup.
    pointAt(code, animate) {
      const layer = this.layerOf(code);
      if (!layer) return this.map.closePopup();
      this.fitted = null;
      const near = { maxZoom: this.home + CLOSEST, padding: [40, 40], animate: animate && !isStill() };
      this.map.fitBounds(layer.getBounds(), near);
      this.openPopup(codeOf(layer));
      this.roveTo(codeOf(layer));
    }

    openPopup(code) {
      const layer = this.areas.get(code);
      const group = layer && this.groupOf(layer);
      if (!group?.getPopup()) return;
      clearTimeout(this.release);
      group.getPopup()._source = layer; // what Leaflet itself does on a click
      group.openPopup(this.anchor(layer));
      group.closeTooltip();
      this.opened = code;
    }

    groupOf(layer) {
      return Object.values(layer._eventParents ?? {}).find((parent) => parent.getPopup?.());
    }

    drawRing() {
      this.ring?.forEach((line) => line.remove());
      const layer = this.layerOf(this.chosen);
      this.areas.forEach((each) => each.getElement().setAttribute("aria-pressed", each === layer));
      const looks = { "ring casing": 6, ring: 3 }; // a dark line around the gold one, for every ground
      this.ring = !layer ? [] : Object.entries(looks).map(([className, weight]) =>
        L.geoJSON(layer.toGeoJSON(), { pane: this.pane, interactive: false, style: { weight, fill: false, className } })
          .addTo(this.map));
    }

    // --- view ---------------------------------------------------------------------------------

    limit() {
      const { map } = this;
      this.home = map.getBoundsZoom(this.whole, false, L.point(PADDING).multiplyBy(2));
      map.setMinZoom(this.home - OUT);
      map.setMaxBounds(this.whole.pad(AROUND));
      map.options.maxBoundsViscosity = 0.8;
    }

    fit(bounds, animate = false) {
      this.fitted = bounds;
      this.map.fitBounds(bounds, { padding: PADDING, animate: animate && !isStill() });
    }

    boundsOf(codes) {
      const bounds = L.latLngBounds([]);
      this.map.eachLayer((layer) => {
        if (codes.includes(codeOf(layer)) && layer.getBounds) bounds.extend(layer.getBounds());
      });
      return bounds.isValid() ? bounds.pad(0.08) : this.whole;
    }

    homeButton() {
      const home = new L.Control({ position: "topleft" });
      home.onAdd = () => {
        const bar = L.DomUtil.create("div", "leaflet-bar");
        const button = L.DomUtil.create("a", "field-home", bar);
        const words = "Tampilkan seluruh peta";
        Object.assign(button, { href: "#", role: "button", title: words, textContent: "⤢" });
        button.setAttribute("aria-label", words);
        L.DomEvent.disableClickPropagation(bar);
        L.DomEvent.on(button, "click", L.DomEvent.stop);
        L.DomEvent.on(button, "click", () => this.fit(this.whole, true));
        return bar;
      };
      home.addTo(this.map);
    }

    // --- names --------------------------------------------------------------------------------

    write(name, at, kind) {
      const icon = L.divIcon({ className: "", iconSize: null, html: `<span class="field-name ${kind}"></span>` });
      const marker = L.marker(at, { icon, pane: this.pane, interactive: false, keyboard: false }).addTo(this.map);
      const text = marker.getElement().firstChild;
      text.textContent = name;
      text.marker = marker;
      return text;
    }

    // Names that would touch one that stands already are hidden until the reader zooms in; those of
    // the chosen kecamatan stand first, and step aside rather than hide.
    declutter() {
      const chosen = this.only ? this.only.split(",") : [];
      const isChosen = ({ code }) => chosen.includes(code);
      const kecamatan = [...this.kecamatan.filter(isChosen), ...this.kecamatan.filter((each) => !isChosen(each))];
      const names = [
        ...kecamatan.map((each) => ({ text: each.text, steps: isChosen(each) ? STEPS : [[0, 0]] })),
        ...this.desaInView().map((text) => ({ text, steps: [[0, 0]] })),
      ];
      for (const { text } of names) text.style.translate = "";
      const boxes = names.map(({ text }) => text.getBoundingClientRect());
      const taken = [];
      names.forEach(({ text, steps }, i) => {
        const { left, right, top, bottom, width, height } = boxes[i];
        const spot = steps
          .map(([across, down]) => [across * width, down * height])
          .find(([x, y]) => !taken.some((other) =>
            other.left < right + x && left + x < other.right && other.top < bottom + y && top + y < other.bottom));
        text.style.visibility = spot ? "visible" : "hidden";
        if (!spot) return;
        const [x, y] = spot;
        if (x || y) text.style.translate = `${x}px ${y}px`;
        taken.push({ left: left + x, right: right + x, top: top + y, bottom: bottom + y });
      });
    }

    // The names of the desa in view, written when the map is near enough; others are taken away.
    desaInView() {
      const view = this.map.getBounds();
      const isNear = this.map.getZoom() >= this.home + NEAR;
      const wanted = new Map(
        [...this.areas].filter(([, layer]) => isNear && layer.feature.properties.desa && view.intersects(layer.getBounds())),
      );
      for (const [code, text] of this.desa) {
        if (wanted.has(code)) continue;
        text.marker.remove();
        this.desa.delete(code);
      }
      for (const [code, layer] of wanted) {
        if (!this.desa.has(code)) this.desa.set(code, this.write(textOf(layer.feature.properties.desa), this.anchor(layer), "desa"));
      }
      return [...this.desa.values()];
    }

    // A point well inside an area, where its name and its popup stand.
    anchor(layer) {
      const code = codeOf(layer);
      if (!this.anchors.has(code)) this.anchors.set(code, inside(layer));
      return this.anchors.get(code);
    }

    // --- hand and keyboard --------------------------------------------------------------------

    listen() {
      const { map, box } = this;
      map.on("moveend zoomend", () => this.declutter());
      map.on("dragstart", () => (this.fitted = null));
      map.on("resize", () => {
        this.limit();
        if (this.fitted) this.fit(this.fitted);
        this.declutter();
      });
      map.on("popupopen", ({ popup }) =>
        popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Tutup"));
      map.on("popupclose", () => {
        const closed = this.opened;
        clearTimeout(this.release);
        this.release = setTimeout(() => {
          if (closed && this.opened === closed) this.letGo();
        }, RELEASE_MS);
      });
      box.addEventListener("focusin", ({ target }) => {
        const layer = this.areas.get(target.dataset?.code);
        if (layer && target.matches(":focus-visible")) this.reveal(layer);
      });
      box.addEventListener("keydown", (event) => this.key(event));
    }

    letGo() {
      this.opened = "";
      this.say("");
    }

    key(event) {
      if (event.key === "Escape") return this.leave();
      const layer = this.areas.get(event.target.dataset?.code);
      if (!layer) return;
      const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      if (event.key === "Enter" || event.key === " ") {
        this.pick(codeOf(layer));
        this.openPopup(codeOf(layer));
      } else if (event.key in moves) this.step(layer, moves[event.key]);
      else if (event.key === "+" || event.key === "=") this.map.zoomIn(1);
      else if (event.key === "-") this.map.zoomOut(1);
      else if (event.key === "0") this.fit(this.whole, true);
      else return;
      event.preventDefault();
    }

    // Escape closes the popup first, and then leaves the shapes.
    leave() {
      if (this.opened) {
        this.map.closePopup();
        this.areas.get(this.focused)?.getElement().focus({ preventScroll: true });
      } else document.activeElement?.blur();
    }

    roveTo(code) {
      const before = this.areas.get(this.focused)?.getElement();
      const after = this.areas.get(code)?.getElement();
      if (before) before.tabIndex = -1;
      if (after) after.tabIndex = 0;
      this.focused = code;
    }

    // To the nearest shape that lies more in the wanted direction than to its side.
    step(from, [dx, dy]) {
      const start = this.map.latLngToContainerPoint(this.anchor(from));
      let [best, nearest] = [null, Infinity];
      for (const layer of this.areas.values()) {
        const { x, y } = this.map.latLngToContainerPoint(this.anchor(layer)).subtract(start);
        const ahead = x * dx + y * dy;
        const aside = Math.abs(x * dy) + Math.abs(y * dx);
        const cost = ahead + 2 * aside;
        if (ahead > 0 && aside <= ahead * 1.5 && cost < nearest) [best, nearest] = [layer, cost];
      }
      if (!best) return;
      this.reveal(best);
      this.roveTo(codeOf(best));
      best.getElement().focus({ preventScroll: true });
    }

    reveal(layer) {
      const at = this.anchor(layer);
      if (this.map.getBounds().pad(-0.05).contains(at)) return;
      this.map.panTo(at, { animate: false });
      if (this.groupOf(layer)?.isTooltipOpen()) this.groupOf(layer).openTooltip(at); // at its new place
    }

    // One finger and the wheel scroll the page, two fingers move the map: the frame is no trap.
    fingers() {
      const { map, box } = this;
      let start = null;
      box.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && map.dragging.enable(), true);
      box.addEventListener("touchstart", ({ touches }) => {
        map.dragging.disable();
        start = touches.length === 1 ? touches[0] : null;
        if (!start) this.tell("");
      }, { capture: true, passive: true });
      box.addEventListener("touchmove", ({ touches }) => {
        const [now] = touches;
        if (start && Math.hypot(now.clientX - start.clientX, now.clientY - start.clientY) > 8)
          this.tell("Geser peta dengan dua jari");
      }, { capture: true, passive: true });
      box.addEventListener("wheel", (event) => {
        if (event.ctrlKey) return;
        event.stopPropagation();
        this.tell("Tahan Ctrl sambil memutar roda untuk memperbesar peta");
      }, { capture: true, passive: true });
    }

    tell(words) {
      this.hint.textContent = words;
      this.hint.classList.toggle("shown", Boolean(words));
      clearTimeout(this.hiding);
      this.hiding = setTimeout(() => this.hint.classList.remove("shown"), HINT_MS);
    }
  }

  // Where a chosen kecamatan's name may stand, in its own widths and heights: at its place, else aside.
  const STEPS = [[0, 0], [0, 0.6], [0, -0.6], [0.4, 0.6], [-0.4, 0.6], [0.4, -0.6], [-0.4, -0.6],
    [0, 1.1], [0, -1.1], [0.7, 0], [-0.7, 0], [0, 1.7], [0, -1.7], [1, 0], [-1, 0]];

  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // The point of a grid over an area's largest part that lies farthest from its border.
  function inside(layer) {
    const rings = layer.getLatLngs().flat(Infinity).length ? parts(layer.getLatLngs()) : [];
    const sizeOf = (ring) => {
      const { _northEast: high, _southWest: low } = L.latLngBounds(ring);
      return (high.lat - low.lat) * (high.lng - low.lng);
    };
    const ring = rings.reduce((best, each) => (sizeOf(each) > sizeOf(best) ? each : best));
    const box = L.latLngBounds(ring);
    const [south, west, north, east] = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
    let [found, room] = [box.getCenter(), -Infinity];
    for (let i = 1; i < 12; i += 1) {
      for (let j = 1; j < 12; j += 1) {
        const at = { lat: south + ((north - south) * i) / 12, lng: west + ((east - west) * j) / 12 };
        const free = roomAt(at, ring);
        if (free > room) [found, room] = [L.latLng(at), free];
      }
    }
    return found;
  }

  // The outer rings of a polygon ([outer, ...holes]) or of several.
  const parts = (rings) => (Array.isArray(rings[0][0]) ? rings.map((part) => part[0]) : [rings[0]]);

  // Distance (squared, degrees) from a point to a ring's border; less than nothing outside.
  function roomAt({ lat, lng }, ring) {
    let [isIn, nearest] = [false, Infinity];
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      if (a.lat > lat !== b.lat > lat && lng < ((b.lng - a.lng) * (lat - a.lat)) / (b.lat - a.lat) + a.lng) isIn = !isIn;
      const [x, y] = [b.lng - a.lng, b.lat - a.lat];
      const along = Math.max(0, Math.min(1, ((lng - a.lng) * x + (lat - a.lat) * y) / (x * x + y * y || 1)));
      nearest = Math.min(nearest, (a.lng + along * x - lng) ** 2 + (a.lat + along * y - lat) ** 2);
    });
    return isIn ? nearest : -nearest;
  }

  // A popup keeps clear of the buttons.
  L.Popup.mergeOptions({ autoPanPaddingTopLeft: [54, 8], autoPanPaddingBottomRight: [8, 8] });

  // A tooltip stands whole inside the map and beside its place, not on it.
  L.Tooltip.include({
    _setPosition(position) {
      const { _map: map, _container: tip } = this;
      const frame = map.getContainer().getBoundingClientRect();
      const at = map.layerPointToContainerPoint(position);
      const place = this._source?.getElement?.()?.getBoundingClientRect();
      const shape = place && {
        left: place.left - frame.left, right: place.right - frame.left,
        top: place.top - frame.top, bottom: place.bottom - frame.top,
      };
      const around = { left: at.x - GAP, right: at.x + GAP, top: at.y - GAP, bottom: at.y + GAP };
      const size = [tip.offsetWidth, tip.offsetHeight];
      const room = [frame.width, frame.height];
      const spot = (shape && beside(shape, at, size, room)) ?? beside(around, at, size, room) ?? [4, 4];
      L.DomUtil.setPosition(tip, map.containerPointToLayerPoint(L.point(spot[0], spot[1])).round());
      tip.style.opacity = 1; // names of the map must not shine through
    },
  });

  // Where a box of a size stands whole in the room beside a place, as near to a point as it can.
  function beside(place, at, [width, height], [wide, tall]) {
    const along = (middle, length, room) => Math.max(4, Math.min(room - length - 4, middle - length / 2));
    const [x, y] = [along(at.x, width, wide), along(at.y, height, tall)];
    const spots = [
      [x, place.top - GAP - height, at.y - place.top],
      [x, place.bottom + GAP, place.bottom - at.y],
      [place.right + GAP, y, place.right - at.x],
      [place.left - GAP - width, y, at.x - place.left],
    ].sort((a, b) => a[2] - b[2]);
    return spots.find(([left, top]) => left >= 4 && left + width <= wide - 4 && top >= 4 && top + height <= tall - 4);
  }
})();
