/** What the worker does: it holds the triples in the engine, and answers one query after another. */

/** @typedef {{kind: "iri"|"blank"|"literal", value: string, language?: string, datatype?: string}} Term */
/** @typedef {{kind: "rows", names: string[], rows: (Term|null)[][], count: number} | {kind: "truth", isTrue: boolean}} Answer */
/** @typedef {{ready: number} | {answer: Answer} | {error: string, isBroken: boolean}} Said */
/** @typedef {{termType: string, value: string, language?: string, datatype?: {value: string}}} OxigraphTerm */
/**
 * @typedef {object} Oxigraph  what the script of the engine defines
 * @property {(options: {module: WebAssembly.Module}) => void} initSync
 * @property {new () => OxigraphStore} Store
 */
/**
 * @typedef {object} OxigraphStore
 * @property {number} size
 * @property {(text: string, options: {format: string, no_transaction: boolean, lenient: boolean}) => void} load
 * @property {(query: string) => boolean | Map<string, OxigraphTerm>[] | Record<string, OxigraphTerm>[] | string} query
 */

/**
 * Runs in a worker. Its text is appended to that of the engine, so it uses nothing from outside itself.
 * @param {Oxigraph} oxigraph
 * @param {number} most  rows that are sent
 */
export function answerQueries({ initSync, Store }, most) {
  /** @type {OxigraphStore} */
  let store;
  /** @param {OxigraphTerm|undefined} term @returns {Term|null} */
  const plainTerm = (term) => {
    if (!term) return null;
    const { termType, value, language, datatype } = term;
    if (termType === "NamedNode") return { kind: "iri", value };
    if (termType === "Literal") return { kind: "literal", value, language, datatype: datatype?.value };
    return { kind: "blank", value: termType === "BlankNode" ? `_:${value}` : String(term) };
  };
  /** @param {string} query @returns {Answer} */
  const answer = (query) => {
    const found = store.query(query);
    if (typeof found === "boolean") return { kind: "truth", isTrue: found };
    if (typeof found === "string") throw new Error("The answer has no rows.");
    const some = found.slice(0, most);
    if (some.length && !(some[0] instanceof Map)) {
      const names = ["subject", "predicate", "object"];
      const triples = /** @type {Record<string, OxigraphTerm>[]} */ (some);
      return { kind: "rows", names, rows: triples.map((triple) => names.map((name) => plainTerm(triple[name]))), count: found.length };
    }
    const rows = /** @type {Map<string, OxigraphTerm>[]} */ (some);
    const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    return { kind: "rows", names, rows: rows.map((row) => names.map((name) => plainTerm(row.get(name)))), count: found.length };
  };
  globalThis.onmessage = ({ data }) => {
    try {
      if (data.module) {
        initSync({ module: data.module });
        store = new Store();
        store.load(data.triples, { format: "application/n-triples", no_transaction: true, lenient: true });
        globalThis.postMessage({ ready: store.size });
      } else globalThis.postMessage({ answer: answer(data.query) });
    } catch (error) {
      const isBroken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      globalThis.postMessage({ error: error instanceof Error ? error.message : String(error), isBroken });
    }
  };
}
