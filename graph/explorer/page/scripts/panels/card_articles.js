/** What a topic, provider or person is in its articles: who writes about it, or what it writes about, and only these articles on the map. */

import { articlesOf } from "../data/comparing.js";
import { counted, monthsWords } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

/** By kind, the choice of its articles, and what of these is counted. */
const COUNTED = {
  topic: { choice: (/** @type {number} */ node) => ({ topics: [node] }), relation: "publisher", heading: "Who writes about it" },
  provider: { choice: (/** @type {number} */ node) => ({ providers: [node] }), relation: "about", heading: "Writes about" },
  person: { choice: (/** @type {number} */ node) => ({ authors: [node] }), relation: "about", heading: "Writes about" },
};
/** Of more articles, going through all takes longer than a reader waits for a card. */
const MOST_GONE_THROUGH = 200000;

/**
 * Return the commonest nodes in the articles of a node, each with its number of articles; null where they are not counted.
 * @param {Explorer} explorer
 * @param {number} node
 * @returns {{articles: number, words: string, heading: string, counts: Map<number, number>, choose: () => void} | null}
 */
export function inArticlesOf(explorer, node) {
  const { atlas } = explorer;
  const kind = atlas.kind(node);
  if (kind === "article" || !atlas.countable || atlas.articles > MOST_GONE_THROUGH) return null;
  const { choice, relation, heading } = COUNTED[kind];
  const articles = articlesOf(atlas, node, (topic) => explorer.filters.countsFor(topic));
  const { start, to } = atlas.rows(relation);
  const times = new Uint32Array(atlas.count);
  let [earliest, latest] = [Infinity, -Infinity];
  for (const article of articles) {
    for (let at = start[article]; at < start[article + 1]; at += 1) times[to[at]] += 1;
    const day = atlas.day(article);
    if (day !== null) [earliest, latest] = [Math.min(earliest, day), Math.max(latest, day)];
  }
  times[node] = 0;
  /** @type {number[]} */
  const others = [];
  times.forEach((many, other) => many > 0 && others.push(other));
  others.sort((one, other) => times[other] - times[one] || one - other);
  const when = latest < earliest ? "" : `, ${monthsWords(earliest, latest)}`;
  const counts = new Map(others.map((other) => [other, times[other]]));
  return { articles: articles.length, words: counted(articles.length, "article") + when, heading, counts, choose: () => explorer.choose(choice(node)) };
}
