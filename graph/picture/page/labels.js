// What is painted over vis-network's map: the neighbourhood of the chosen node, and labels that never overlap.

const widths = new Map();
const fontFamily = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const hasRightToLeft = /^[^A-Za-z\u00C0-\u024F]*[\u0590-\u08FF\uFB1D-\uFEFC]/;
/** Where each label stands just now: for whoever asks what can be read. */
let placed = [];

function neighbours(iri) {
  const near = new Set();
  for (const link of linksOf.get(iri)) near.add(link.from === iri ? link.to : link.from);
  near.delete(iri);
  return near;
}

function paintNeighbourhood(context, iri) {
  const near = neighbours(iri);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.7;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  const scale = network.getScale();
  context.save();
  context.globalAlpha = near.size > 60 ? 0.35 : 0.75;
  for (const link of linksOf.get(iri)) paintLink(context, link, scale);
  context.restore();
  for (const node of told.nodes) {
    if (near.has(node.id) || node.id === iri) network.body.nodes[node.id].draw(context);
  }
  paintRing(context, byIri.get(iri), scale);
}

function paintLink(context, link, scale) {
  const from = byIri.get(link.from);
  const to = byIri.get(link.to);
  const style = relationStyle(link.relation);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!length) return;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const tip = { x: to.x - along.x * (to.size + 2 / scale), y: to.y - along.y * (to.size + 2 / scale) };
  const head = 7 / scale;
  context.strokeStyle = palette[style.colour] || palette.stub;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = Math.max(1.4 / scale, widthOfLink(link));
  context.setLineDash((style.dashes || []).map((part) => part / scale));
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(tip.x, tip.y);
  context.stroke();
  context.setLineDash([]);
  if (link.relation === "together" || link.relation === "covers") return;
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x - head * (along.x + along.y * 0.45), tip.y - head * (along.y - along.x * 0.45));
  context.lineTo(tip.x - head * (along.x - along.y * 0.45), tip.y - head * (along.y + along.x * 0.45));
  context.fill();
}

function paintRing(context, node, scale) {
  context.save();
  context.strokeStyle = palette.ink;
  context.lineWidth = 2 / scale;
  context.beginPath();
  context.arc(node.x, node.y, node.size * (node.shape === "dot" ? 1 : 1.25) + 4 / scale, 0, 2 * Math.PI);
  context.stroke();
  context.restore();
}

function fontOf(node) {
  const sizes = { topic: Math.min(16, 12.5 + node.size / 8), provider: Math.min(14, 11 + node.size / 9), person: 12.5 };
  const weights = { topic: 650, person: 600 };
  const weight = centres.has(node.id) ? 650 : weights[node.kind] || 400;
  return `${weight} ${sizes[node.kind] || 12}px ${fontFamily}`;
}

// A label as one line, or two for the long titles of articles, with an ellipsis where it goes on.
function linesOf(label, most, lines) {
  const result = [""];
  for (const word of label.split(" ")) {
    const line = result.pop();
    const longer = line ? line + " " + word : word;
    if (!line || Array.from(longer).length <= most) result.push(longer);
    else if (result.length + 1 < lines) result.push(line, word);
    else {
      result.push(line + "…");
      break;
    }
  }
  const shortened = (line) => Array.from(line).slice(0, most - 1).join("") + "…";
  return result.map((line) => (Array.from(line).length <= most + 1 ? line : shortened(line)));
}

function widthOf(context, text, font) {
  const key = font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// The most wanted labels first: the chosen node and its neighbours, or the centre; then topics, providers, articles.
function wantedLabels() {
  const near = state.chosen ? neighbours(state.chosen) : null;
  const ranks = { topic: 2, provider: 3, person: 3 };
  const grand = told.nodes.length ? 0.75 * told.nodes[told.nodes.length - 1].size : 0;
  const rank = (node) => {
    if (node.id === state.chosen || (!near && centres.has(node.id))) return 0;
    if (near && !near.has(node.id)) return null;
    return node.size >= grand ? 1 : ranks[node.kind] || 4;
  };
  // The nodes come sorted by size, the largest last; sorting keeps that order within a rank.
  return told.nodes
    .map((node) => ({ node, rank: rank(node) }))
    .filter((wanted) => wanted.rank !== null)
    .reverse()
    .sort((one, other) => one.rank - other.rank);
}

function meeting(box) {
  return (other) =>
    box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h;
}

// The places where a label of this size may stand, the best first: below its node, above, beside, aslant.
function placesOf({ at, reach }, w, h) {
  const down = reach + 3 + h / 2;
  const side = reach + 3 + w / 2;
  const half = w / 2;
  const straight = [[0, down], [0, -down], [side, 0], [-side, 0]];
  const aslant = [[half, down], [-half, down], [half, -down], [-half, -down]];
  return [...straight, ...aslant].map(([x, y]) => ({ x: at.x + x - w / 2, y: at.y + y - h / 2, w, h }));
}

function buttonsBox(canvas) {
  const buttons = document.getElementById("zoom").getBoundingClientRect();
  const map = canvas.getBoundingClientRect();
  return { x: buttons.left - map.left, y: buttons.top - map.top, w: buttons.width, h: buttons.height };
}

// A label may cover small marks only if it is the chosen node's, or a hub's; none covers another label.
function placedLabels(context, wanted) {
  const { clientWidth: width, clientHeight: height } = context.canvas;
  const square = ({ at, reach }) => ({ x: at.x - reach * 0.6, y: at.y - reach * 0.6, w: reach * 1.2, h: reach * 1.2 });
  const marks = wanted.map(square);
  const taken = [buttonsBox(context.canvas)];
  const inside = (box) => box.x > 2 && box.y > 2 && box.x + box.w < width - 2 && box.y + box.h < height - 2;
  const free = (box) => inside(box) && !taken.some(meeting(box));
  const clear = (box) => free(box) && !marks.some(meeting(box));
  const found = [];
  for (const item of wanted) {
    const { node, at, rank } = item;
    if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
    const font = fontOf(node);
    const lines = linesOf(node.label, 28, node.kind === "article" ? 2 : 1);
    context.font = font;
    const w = Math.max(...lines.map((line) => widthOf(context, line, font))) + 6;
    const places = placesOf(item, w, 1 + 15 * lines.length);
    const box = places.find(clear) || (rank < 3 && places.find(free)) || (rank === 0 && places[0]);
    if (!box) continue;
    taken.push(box);
    found.push({ node, rank, box, lines, font });
  }
  return found;
}

function inkOf(node, rank) {
  if (rank === 0) return palette.ink;
  if (node.kind === "topic") return palette.topic;
  return node.kind === "article" ? palette.faint : palette.ink;
}

function paintLabels(context) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const scale = network.getScale();
  const wanted = wantedLabels()
    .map((item) => ({ ...item, at: network.canvasToDOM(item.node), reach: item.node.size * scale }));
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  placed = placedLabels(context, wanted);
  for (const { node, rank, box, lines, font } of placed) {
    context.font = font;
    context.direction = hasRightToLeft.test(node.label) ? "rtl" : "ltr";
    context.strokeStyle = palette.ground;
    context.fillStyle = inkOf(node, rank);
    lines.forEach((line, number) => {
      context.strokeText(line, box.x + box.w / 2, box.y + 8 + 15 * number);
      context.fillText(line, box.x + box.w / 2, box.y + 8 + 15 * number);
    });
  }
  context.restore();
}

network.on("afterDrawing", (context) => {
  if (state.chosen) paintNeighbourhood(context, state.chosen);
  else for (const iri of centres) paintRing(context, byIri.get(iri), network.getScale());
  paintLabels(context);
});
