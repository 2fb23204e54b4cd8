/** Asking the server that the page came from: again where it does not answer, and never for what is gone. */

import { decode } from "./payload.js";

/** @import {MapPayload} from "./payload.js" */

const ATTEMPTS = 3;
const PAUSE = 800;
const BUSY = 429;

/** What the server cannot or will not answer, in words for a person. */
export class Trouble extends Error {}

/**
 * @param {string} address  relative to the page
 * @returns {Promise<Response>}
 */
export async function ask(address) {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await fetch(address).catch(() => null);
    if (reply?.ok) return reply;
    if (reply && reply.status < 500 && reply.status !== BUSY) throw new Trouble((await reply.text()).trim());
    if (attempt === ATTEMPTS) throw new Trouble("The server does not answer. Load the page again.");
    await new Promise((resolve) => window.setTimeout(resolve, attempt * PAUSE));
  }
}

/** @param {string} address @returns {Promise<MapPayload>} header and columns of the reply */
export async function askColumns(address) {
  return columnsIn(await ask(address));
}

/** @param {Response} reply @returns {Promise<MapPayload>} its header and columns */
export async function columnsIn(reply) {
  return decode(new Uint8Array(await reply.arrayBuffer()));
}
