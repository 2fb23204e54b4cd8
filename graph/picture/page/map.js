"use strict";

// What the page shows, and the map itself. `nodes`, `edges` and `network` are vis-network's own objects.

const told = JSON.parse(document.getElementById("data").textContent);
const place = document.getElementById("map");
const byIri = new Map(told.nodes.map((node) => [node.id, node]));
const centres = new Set(told.centres.map((number) => told.nodes[number].id));
const links = told.links.map(([from, relation, to, weight]) => {
  return { from: told.nodes[from].id, relation, to: told.nodes[to].id, weight };
});
const linksOf = new Map(told.nodes.map((node) => [node.id, []]));
for (const link of links) {
  linksOf.get(link.from).push(link);
  if (link.to !== link.from) linksOf.get(link.to).push(link);
}
const heaviest = links.reduce((most, link) => Math.max(most, link.weight), 1);
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const narrowness = window.matchMedia("(max-width: 700px)");

const relationStyles = {
  about: { colour: "topic", says: "is about" },
  mentions: { colour: "topic", dashes: [2, 4], says: "mentions" },
  broader: { colour: "topic", width: 2.5, says: "is part of the wider topic" },
  together: { colour: "topic", says: "topics of the same articles" },
  publisher: { colour: "provider", says: "is published by" },
  parent: { colour: "provider", width: 2.5, says: "is part of" },
  covers: { colour: "provider", says: "publishes about" },
  related: { colour: "article", says: "is related to" },
  links: { colour: "article", dashes: [7, 4], says: "links to" },
  based_on: { colour: "article", dashes: [2, 4], says: "is based on" },
  part: { colour: "article", width: 2.5, says: "contains" },
  author: { colour: "person", says: "is written by" },
  affiliation: { colour: "person", dashes: [7, 4], says: "works at" },
  expertise: { colour: "person", dashes: [2, 4], says: "knows about" },
};

let palette;
const state = { chosen: null, listed: false };

function look(node) {
  return node.kind === "article" && node.facts.stub ? "stub" : node.kind;
}

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue("--" + name).trim();
  palette = Object.create(null);
  for (const name of "article stub provider topic person ground ink faint".split(" ")) palette[name] = read(name);
  palette.link = Number(read("link"));
}

function relationStyle(relation) {
  return Object.hasOwn(relationStyles, relation) ? relationStyles[relation] : { colour: "stub", says: relation };
}

function widthOfLink(link) {
  const width = relationStyle(link.relation).width || 1;
  return heaviest > 1 ? width * (0.8 + 3.2 * Math.sqrt(link.weight / heaviest)) : width;
}

function paintedNode(node) {
  const kind = look(node);
  const colour = palette[kind] || palette.stub;
  const hollow = kind === "stub";
  const background = hollow ? palette.ground : colour;
  const border = hollow ? colour : palette.ground;
  const same = { background, border };
  return {
    id: node.id, label: node.label, shape: node.shape, size: node.size, x: node.x, y: node.y,
    borderWidth: hollow ? 1.5 : 1, borderWidthSelected: hollow ? 1.5 : 1,
    color: { ...same, highlight: same, hover: same },
  };
}

// The more links a hub has, the fainter each of them: a hub shows by its place, not by a blot of lines.
function paintedEdge(link, number) {
  const style = relationStyle(link.relation);
  const hub = Math.max(linksOf.get(link.from).length, linksOf.get(link.to).length);
  const opacity = Math.min(0.8, 1.6 * palette.link * Math.min(1, Math.max(0.3, Math.sqrt(16 / hub))));
  const colour = palette[style.colour] || palette.stub;
  return {
    id: number, from: link.from, to: link.to, width: widthOfLink(link), dashes: style.dashes || false,
    color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
  };
}

// The part of the map that no card covers, in pixels.
function freeView() {
  const box = place.getBoundingClientRect();
  const free = { left: 20, top: 20, right: box.width - 20, bottom: box.height - 20 };
  const details = document.getElementById("details");
  if (!details.hidden) {
    const card = details.getBoundingClientRect();
    if (narrowness.matches) free.bottom = card.top - box.top - 16;
    else free.right = card.left - box.left - 24;
  } else if (narrowness.matches) free.bottom -= 44;
  return { ...free, width: Math.max(80, free.right - free.left), height: Math.max(80, free.bottom - free.top), box };
}

function moveTo(centre, scale, view, quick) {
  const position = {
    x: centre.x - ((view.left + view.right) / 2 - view.box.width / 2) / scale,
    y: centre.y - ((view.top + view.bottom) / 2 - view.box.height / 2) / scale,
  };
  const animation = quick || stillness.matches ? false : { duration: 450, easingFunction: "easeInOutQuad" };
  network.moveTo({ position, scale, animation });
}

function extent(chosen) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of chosen) {
    box.left = Math.min(box.left, node.x - node.size);
    box.right = Math.max(box.right, node.x + node.size);
    box.top = Math.min(box.top, node.y - node.size);
    box.bottom = Math.max(box.bottom, node.y + node.size);
  }
  return box;
}

function scaleForEverything(view) {
  const all = extent(told.nodes);
  const room = Math.min(60, view.width / 14);
  return Math.min((view.width - 2 * room) / (all.right - all.left), (view.height - 50) / (all.bottom - all.top), 1.6);
}

function showEverything(quick) {
  if (!told.nodes.length) return;
  const view = freeView();
  const all = extent(told.nodes);
  moveTo({ x: (all.left + all.right) / 2, y: (all.top + all.bottom) / 2 }, scaleForEverything(view), view, quick);
}

// Bring a node into the free part of the window: always when asked for by name, only if it is covered when clicked.
function bringIntoView(iri, always) {
  const node = byIri.get(iri);
  const view = freeView();
  const at = network.canvasToDOM(node);
  const covered = at.x < view.left || at.x > view.right || at.y < view.top || at.y > view.bottom;
  if (always || covered) moveTo(node, network.getScale(), view);
}

function zoomBy(factor) {
  const scale = Math.min(6, Math.max(0.08, network.getScale() * factor));
  const view = freeView();
  const middle = network.DOMtoCanvas({ x: (view.left + view.right) / 2, y: (view.top + view.bottom) / 2 });
  moveTo(middle, scale, view);
}

// The node under a finger or pointer, or the nearest one within a thumb's reach.
function nodeNear(pointer) {
  const exact = network.getNodeAt(pointer.DOM);
  if (exact !== undefined) return exact;
  const reach = 18 / network.getScale();
  let best = null;
  let least = Infinity;
  for (const node of told.nodes) {
    const distance = Math.hypot(node.x - pointer.canvas.x, node.y - pointer.canvas.y) - node.size;
    if (distance < Math.min(reach, least)) { best = node.id; least = distance; }
  }
  return best;
}

// The positions are those of a wide window. In a tall one the map lies on its side, and where it is small its nodes grow.
function suitWindow() {
  if (place.clientHeight > place.clientWidth) {
    for (const node of told.nodes) [node.x, node.y] = [node.y, node.x];
  }
  if (!told.nodes.length) return;
  const growth = Math.min(2.2, Math.max(1, 0.75 / scaleForEverything(freeView())));
  for (const node of told.nodes) node.size *= growth;
}

suitWindow();
readPalette();
const nodes = new vis.DataSet(told.nodes.map(paintedNode));
const edges = new vis.DataSet(links.map(paintedEdge));
const network = new vis.Network(place, { nodes, edges }, JSON.parse(document.getElementById("options").textContent));

function repaint() {
  readPalette();
  nodes.update(told.nodes.map(paintedNode));
  edges.update(links.map(paintedEdge));
}
