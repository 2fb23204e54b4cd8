// The page around the map: what is chosen, the legend, the keyboard.

const hint = document.getElementById("hint");
const listButton = document.getElementById("list");

function announce(text) {
  document.getElementById("said").textContent = text;
}

function choose(iri, centre, listed = false) {
  const was = state.chosen || state.listed;
  state.chosen = iri;
  state.listed = listed;
  hint.hidden = true;
  listButton.setAttribute("aria-expanded", String(listed));
  if (iri) {
    showDetails(iri);
    network.selectNodes([iri], false);
    announce(byIri.get(iri).label);
  } else {
    if (listed) showList();
    else if (panel.contains(document.activeElement)) frame.focus({ preventScroll: true });
    panel.hidden = !listed;
    network.unselectAll();
  }
  document.body.classList.toggle("chosen", Boolean(iri || listed));
  if (!was !== !(iri || listed)) network.redraw();
  if (iri) bringIntoView(iri, centre);
  network.redraw();
}

function legendLine(sign, name) {
  return make("li", {}, sign, name);
}

function tellLegend() {
  const kinds = new Set(told.nodes.map(look));
  const more = { stub: " (known only from links)" };
  const lines = Object.keys(kindNames).filter((kind) => kinds.has(kind));
  const marks = lines.map((kind) => legendLine(mark(kind), kindNames[kind] + (more[kind] || "")));
  document.getElementById("legend-kinds").append(...marks);
  const relations = new Set(links.map((link) => link.relation));
  const known = Object.keys(relationStyles).filter((relation) => relations.delete(relation));
  for (const relation of [...known, ...relations]) {
    const sign = make("span", { class: "line " + (known.includes(relation) ? relation : ""), "aria-hidden": "true" });
    document.getElementById("legend-relations").append(legendLine(sign, relationStyle(relation).says));
  }
}

tellLegend();
for (const id of ["legend", "zoom", "list"]) document.getElementById(id).hidden = !told.nodes.length;
document.getElementById("nothing").hidden = told.nodes.length > 0;
const frame = place.querySelector(".vis-network");
frame.tabIndex = 0;
frame.setAttribute("role", "application");
frame.setAttribute(
  "aria-label",
  "Map of a part of the knowledge graph. Arrow keys move it, plus and minus zoom, Home shows everything. " +
    "The button List names all nodes.",
);

network.on("click", (event) => choose(nodeNear(event.pointer)));
network.on("hoverNode", (event) => {
  const node = byIri.get(event.node);
  const spot = network.canvasToDOM(node);
  hint.replaceChildren(make("bdi", {}, node.label));
  hint.hidden = false;
  const stage = place.getBoundingClientRect();
  const left = Math.max(8, Math.min(stage.left + spot.x + 14, stage.right - hint.offsetWidth - 12));
  const top = Math.max(stage.top + 4, stage.top + spot.y - hint.offsetHeight - 10);
  hint.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  place.style.cursor = "pointer";
});
network.on("blurNode", () => {
  hint.hidden = true;
  place.style.cursor = "";
});
network.on("zoom", () => { hint.hidden = true; });
network.on("dragStart", () => { hint.hidden = true; });
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.4));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
document.getElementById("zoom-all").addEventListener("click", () => showEverything());
listButton.addEventListener("click", () => choose(null, false, !state.listed));

const steps = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
frame.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (step) {
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: x + step[0] / scale, y: y + step[1] / scale }, scale });
  } else if (event.key === "+" || event.key === "=") zoomBy(1.4);
  else if (event.key === "-") zoomBy(1 / 1.4);
  else if (event.key === "Home") showEverything();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (state.chosen || state.listed)) choose(null);
});
darkness.addEventListener("change", repaint);

// The legend has just taken its place, so the map has another size than when it was made.
network.setSize("100%", "100%");
showEverything(true);
let shape = place.clientWidth + place.clientHeight;
network.on("resize", () => {
  if (Math.abs(place.clientWidth + place.clientHeight - shape) < 2 || state.chosen || state.listed) return;
  shape = place.clientWidth + place.clientHeight;
  showEverything(true);
});
