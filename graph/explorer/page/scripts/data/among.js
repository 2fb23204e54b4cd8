/** What stands out among some of the nodes: how often others of them link to them, and which topics rise. */

/** @import {Atlas} from "./atlas.js" */

/**
 * How many relations each node has to others that are shown.
 * @param {Atlas} atlas
 * @param {Uint8Array} visible
 * @param {string[]} off  relations that are not counted
 * @returns {{all: Uint32Array, named: Uint32Array, isWhole: boolean}} in and out; only those by which articles point to it;
 *   whether the page knows all relations, otherwise articles have their relations to all others
 */
export function countLinks(atlas, visible, off) {
  const [all, named] = [new Uint32Array(atlas.count), new Uint32Array(atlas.count)];
  const { pointing } = atlas.header.tables;
  const wanted = atlas.header.relations.filter((relation) => !off.includes(relation));
  const isWhole = wanted.every((relation) => atlas.holdsAll(relation) || !pointing.includes(relation));
  for (const relation of wanted) {
    const { first, start, to } = atlas.rows(relation);
    const points = pointing.includes(relation);
    for (let at = 0; at + 1 < start.length; at += 1) {
      const from = first + at;
      if (visible[from] === 0) continue;
      for (let place = start[at]; place < start[at + 1]; place += 1) {
        const other = to[place];
        if (visible[other] === 0) continue;
        all[from] += 1;
        all[other] += 1;
        if (points && from < atlas.articles && other !== from) named[other] += 1;
      }
    }
  }
  if (!isWhole) for (let n = 0; n < atlas.articles; n += 1) all[n] = atlas.degree(n);
  return { all, named, isWhole };
}

/**
 * The topics that are clearly more frequent in the latest articles than before, as `graph/atlas/insights.py` finds them.
 * @param {Atlas} atlas
 * @param {Uint8Array} kept  1 for each article that counts
 * @returns {[number, number, number, number][]} topic, recent share, earlier share, recent articles
 */
export function risingAmong(atlas, kept) {
  const { lately, fewest, significant, most } = atlas.header.tables.rising;
  const { nothing } = atlas.header.tables;
  const { start, to } = atlas.rows("about");
  const { day } = atlas.columns;
  const dated = [];
  for (let n = 0; n < atlas.articles; n += 1) if (kept[n] && day[n] !== nothing && start[n + 1] > start[n]) dated.push(n);
  if (dated.length < 2 * fewest) return [];
  const days = Int32Array.from(dated, (n) => day[n]).sort();
  const line = days[Math.floor(days.length * (1 - lately))];
  const [ours, every] = [new Uint32Array(atlas.count), new Uint32Array(atlas.count)];
  let recent = 0;
  for (const n of dated) {
    const isLate = day[n] >= line;
    if (isLate) recent += 1;
    for (let at = start[n]; at < start[n + 1]; at += 1) {
      every[to[at]] += 1;
      if (isLate) ours[to[at]] += 1;
    }
  }
  const earlier = dated.length - recent;
  if (recent === 0 || earlier === 0) return [];
  const isBackground = background(atlas);
  const found = [];
  for (let topic = atlas.articles; topic < atlas.header.kinds.topic[1]; topic += 1) {
    if (ours[topic] < fewest || isBackground(topic)) continue;
    const strength = evidence(ours[topic], recent, every[topic], dated.length);
    if (strength >= significant) found.push({ strength, topic, now: ours[topic] / recent, before: (every[topic] - ours[topic]) / earlier });
  }
  found.sort((one, other) => other.strength - one.strength || one.topic - other.topic);
  return found.slice(0, most).map(({ topic, now, before }) => [topic, now, before, ours[topic]]);
}

/** Whether a topic is on nearly all articles with topics, unless all topics are. @param {Atlas} atlas @returns {(topic: number) => boolean} */
function background(atlas) {
  const { background: share, fewest_for_background: fewest } = atlas.header.tables.rising;
  const { start, to } = atlas.rows("about");
  const counts = new Uint32Array(atlas.count);
  let stated = 0;
  for (let n = 0; n < atlas.articles; n += 1) if (start[n + 1] > start[n]) stated += 1;
  for (let at = 0; at < start[atlas.articles]; at += 1) counts[to[at]] += 1;
  const isCommon = (/** @type {number} */ topic) => counts[topic] > share * stated && stated >= fewest;
  const others = counts.some((count, node) => node >= atlas.articles && count > 0 && !isCommon(node));
  return (topic) => others && isCommon(topic);
}

/**
 * Dunning's log-likelihood ratio (1993) of two things that occur `first` and `second` times, `together` of these at once, among
 * `total`: 0 at chance, negative if they occur together less often.
 * @param {number} together
 * @param {number} first
 * @param {number} second
 * @param {number} total
 */
export function evidence(together, first, second, total) {
  const surplus = together * total - first * second;
  if (surplus === 0) return 0;
  const observed = [
    [together, first, second],
    [first - together, first, total - second],
    [second - together, total - first, second],
    [total - first - second + together, total - first, total - second],
  ];
  const ratio = 2 * observed.reduce((sum, [count, row, column]) => (count > 0 ? sum + count * Math.log((count * total) / (row * column)) : sum), 0);
  return surplus < 0 ? -ratio : ratio;
}
