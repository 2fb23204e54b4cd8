// The page around the map: what is chosen lives in the address, so the browser's Back button walks back.

const hint = document.getElementById("hint");
const count = (number) => number.toLocaleString("en");

function goTo(iri, centre) {
  const address = iri ? "#" + encodeURIComponent(iri) : "#";
  if (iri === state.chosen) {
    if (iri) bringIntoView(iri, centre);
    return;
  }
  try {
    history.pushState(null, "", address);
  } catch {
    // A page inside another page may not write its address; it works without.
  }
  choose(iri, centre);
}

function choose(iri, centre) {
  state.chosen = iri;
  hint.hidden = true;
  if (iri) {
    showDetails(iri);
    document.body.classList.add("chosen");
    network.selectNodes([iri], false);
    bringIntoView(iri, centre);
    announce(byIri.get(iri).label);
  } else {
    if (panel.contains(document.activeElement)) frame.focus({ preventScroll: true });
    panel.hidden = true;
    document.body.classList.remove("chosen");
    network.unselectAll();
  }
  network.redraw();
}

function chooseFromAddress() {
  let iri = null;
  try {
    iri = decodeURIComponent(location.hash.slice(1));
  } catch {
    iri = null;
  }
  choose(byIri.has(iri) ? iri : null, true);
}

function legendLine(sign, name, more) {
  return make("li", {}, sign, name, more ? make("span", { class: "count" }, more) : null);
}

function tellSummary() {
  const { nodes: all, shown, relations, kinds } = told.summary;
  const words = {
    article: ["article", "articles"],
    provider: ["provider", "providers"],
    topic: ["topic", "topics"],
    person: ["person", "people"],
  };
  const counted = (number, [one, many]) => `${count(number)} ${number === 1 ? one : many}`;
  const parts = Object.keys(words).filter((kind) => kinds[kind]).map((kind) => counted(kinds[kind], words[kind]));
  const content = [...parts, counted(relations, ["relation", "relations"])].join(", ");
  const summary = document.getElementById("summary");
  summary.textContent = all ? content : "An empty knowledge graph";
  if (shown < all) {
    const some = make("strong", {}, `Showing ${count(shown)} of ${count(all)} nodes:`);
    summary.replaceChildren(some, ` topics, providers and the best-connected articles. In all: ${content}.`);
  }
}

function tellKinds() {
  const here = new Set(told.nodes.map(look));
  const more = { stub: "known only from links" };
  const kinds = Object.keys(kindNames).filter((kind) => here.has(kind));
  const lines = kinds.map((kind) => legendLine(mark(kind), kindNames[kind], more[kind]));
  document.getElementById("legend-kinds").append(...lines);
}

function tellRelations() {
  const lines = document.getElementById("legend-relations");
  const here = new Set(told.edges.map((link) => link.relation));
  const relations = [...Object.keys(relationStyles).filter((relation) => here.delete(relation)), ...here];
  for (const relation of relations) {
    const sign = make("span", { class: "line " + relation, "aria-hidden": "true" });
    const more = crowded && relation === "related" ? "for the chosen node" : "";
    lines.append(legendLine(sign, relationStyle(relation).says, more));
  }
}

tellSummary();
tellKinds();
tellRelations();
document.getElementById("nothing").hidden = told.nodes.length > 0;
document.getElementById("legend").open = !narrowness.matches && told.nodes.length > 0;
document.getElementById("legend").hidden = !told.nodes.length;
document.getElementById("zoom").hidden = !told.nodes.length;
const frame = place.querySelector(".vis-network");
frame.tabIndex = 0;
frame.setAttribute("role", "application");
frame.setAttribute(
  "aria-label",
  "Map of the knowledge graph. Arrow keys move it, plus and minus zoom, Home shows everything. " +
    "Choose a node with the search box.",
);

network.on("click", (event) => goTo(nodeNear(event.pointer)));
network.on("hoverNode", (event) => {
  const node = byIri.get(event.node);
  const spot = network.canvasToDOM(node);
  hint.replaceChildren(make("bdi", {}, node.label));
  hint.hidden = false;
  const stage = place.getBoundingClientRect();
  const left = Math.max(8, Math.min(stage.left + spot.x + 14, stage.right - hint.offsetWidth - 12));
  const top = stage.top + spot.y - hint.offsetHeight - 10;
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
  hint.hidden = true;
  event.preventDefault();
});
darkness.addEventListener("change", repaint);
window.addEventListener("popstate", chooseFromAddress);
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape" && state.chosen) goTo(null);
});

// The legend has just taken its place, so the map has another size than when it was made.
network.setSize("100%", "100%");
showEverything(true);
chooseFromAddress();
