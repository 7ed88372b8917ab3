// Work that runs on the server, as the page sees it: start() one, follow() it to its end. Knows no page: only fetch.
// @ts-check

/** @typedef {Record<"self"|"events"|"cancel"|"page", string>} Urls and, where a run can be asked for it, pause, resume, steer */
/** @typedef {{type: "state"|"update"|"paused"|"done"|"lost", data?: any}} Event */

const FINAL = new Set(["succeeded", "failed", "canceled", "expired"]);
const LAST = new Set(["done", "paused"]);
const WAIT = 20; // seconds that a long poll is held open
const STREAM_FAILURES = 2; // streams that may break in a row before we poll instead
const SILENCE = 45000; // the server speaks every 15 s; a stream that is silent for longer is held back by something
const PAUSE = 2000;
const LONGEST_PAUSE = 10000;
const REST = 5000; // between two looks at a job that is paused: it has no stream, and seldom news

export const isFinal = (job) => FINAL.has(job.status);

/** An answer that says no. `problems` has a sentence for each field; `retryAfter` is in seconds. */
export class Refusal extends Error {
  constructor(message, { status = 0, problems = {}, retryAfter = null } = {}) {
    super(message);
    Object.assign(this, { status, problems, retryAfter });
  }
}

/** Sends a form to be run; gives the job. Throws a Refusal with the server's own sentence. */
export async function start(url, body, { fetch = globalThis.fetch, signal = undefined } = {}) {
  return answered(fetch(url, { method: "POST", body, signal, headers: { Accept: "application/json" } }));
}

/** Asks something of a job at one of its addresses: to stop, to pause, to go on, or with `values` to be steered. */
export async function ask(url, values = null, { fetch = globalThis.fetch } = {}) {
  const told = values && { body: JSON.stringify(values) };
  const headers = { Accept: "application/json", ...(told && { "Content-Type": "application/json" }) };
  return answered(fetch(url, { method: "POST", headers, ...told }));
}

/** The job as it stands now. */
export async function look(url, { fetch = globalThis.fetch, signal = undefined } = {}) {
  return answered(fetch(url, { signal, cache: "no-store", headers: { Accept: "application/json" } }));
}

/**
 * Everything that happens to a job after update number `after`, each update once and in order, until it is done or paused;
 * who resumes it follows it again, after the last update seen.
 * Listens to the event stream; where that is refused or breaks, asks with long polls; where those fail, every 2 s.
 * "lost" is given while the server cannot be reached.
 * @param {Urls} urls
 * @returns {AsyncGenerator<Event>}
 */
export async function* follow(urls, { after = 0, signal = undefined, fetch = globalThis.fetch, sleep = pause } = {}) {
  let seen = after;
  let failures = 0;
  while (!signal?.aborted) {
    const source = failures < STREAM_FAILURES ? stream(urls, seen, { fetch, signal }) : polls(urls, seen, { fetch, signal, sleep, failures });
    try {
      for await (const event of source) {
        if (event.type === "update") {
          if (event.data.seq <= seen) continue;
          seen = event.data.seq;
        }
        if (failures < STREAM_FAILURES) failures = 0;
        yield event;
        if (LAST.has(event.type)) return;
      }
      failures += 1; // it ended, and not with its last event
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof Refusal && [401, 403, 404, 410].includes(error.status)) throw error;
      failures = error instanceof Refusal ? Math.max(failures + 1, STREAM_FAILURES) : failures + 1;
      if (!(error instanceof Refusal)) yield { type: "lost" };
    }
    await sleep(Math.min(PAUSE * 2 ** Math.max(0, failures - STREAM_FAILURES - 1), LONGEST_PAUSE) / (failures < STREAM_FAILURES ? 4 : 1), signal);
  }
}

/** Waits until a paused job is paused no longer: some other page has resumed or stopped it. Throws a Refusal once it is gone. */
export async function awake(url, { signal = undefined, fetch = globalThis.fetch, sleep = pause } = {}) {
  for (await sleep(REST, signal); !signal?.aborted; await sleep(REST, signal)) {
    const job = await look(url, { fetch, signal }).catch((error) => {
      if (error instanceof Refusal && error.status === 404) throw error;
      return null; // asked again: a server that cannot be reached has changed nothing
    });
    if (job && job.status !== "paused") return;
  }
}

/** Takes the text of an event stream apart, whatever pieces it comes in. */
export class StreamReader {
  #rest = "";

  /** @returns {Event[]} */
  take(text) {
    const blocks = (this.#rest + text).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.map(parsed).filter((event) => event !== null);
  }
}

function parsed(block) {
  let type = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === "event") type = value;
    if (name === "data") data.push(value);
  }
  return data.length ? { type, data: JSON.parse(data.join("\n")) } : null;
}

async function* stream(urls, seen, { fetch, signal }) {
  const headers = { Accept: "text/event-stream", ...(seen ? { "Last-Event-ID": String(seen) } : {}) };
  const response = await fetch(urls.events, { headers, signal, cache: "no-store" });
  if (!response.ok) throw await refusal(response);
  const reader = new StreamReader();
  const decoder = new TextDecoder();
  for await (const chunk of chunks(response.body)) yield* reader.take(decoder.decode(chunk, { stream: true }));
}

async function* polls(urls, seen, { fetch, signal, sleep, failures }) {
  const long = failures < 2 * STREAM_FAILURES;
  while (true) {
    const job = await look(long ? `${urls.self}?wait=${WAIT}&after=${seen}` : `${urls.self}?after=${seen}`, { fetch, signal });
    for (const update of job.updates ?? []) {
      seen = Math.max(seen, update.seq);
      yield { type: "update", data: update };
    }
    const type = isFinal(job) ? "done" : job.status === "paused" ? "paused" : "state";
    yield { type, data: job };
    if (LAST.has(type)) return;
    if (!long || !(job.updates ?? []).length) await sleep(long ? PAUSE / 4 : PAUSE, signal);
  }
}

async function* chunks(body) {
  const reader = body.getReader();
  const next = () => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The stream is silent.")), SILENCE);
    reader.read().then(resolve, reject).finally(() => clearTimeout(timer));
  });
  try {
    for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
  } finally {
    reader.cancel().catch(() => {}); // already broken: nothing is left to close
  }
}

async function answered(response) {
  const answer = await response;
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  const message = body.error ?? "The server did not answer as expected. Please try again.";
  return new Refusal(message, { status: response.status, problems: body.problems ?? {}, retryAfter });
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => { clearTimeout(timer); resolve(undefined); }, { once: true });
  });
}
