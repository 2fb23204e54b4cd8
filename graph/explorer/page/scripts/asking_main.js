/** The page with an engine for SPARQL in it begins here. */

import { createAsk } from "./asking/ask.js";
import { handle } from "./main.js";

handle.ready = handle.ready.then(() => {
  if (handle.page) Object.assign(handle, { engine: createAsk(handle.page) });
});
