import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, awake, follow, Refusal, start, StreamReader } from "../../app/static/js/jobs.js";

const URLS = { self: "/job", events: "/job/events", cancel: "/job/cancel", page: "/p" };
const update = (seq) => ({ seq, progress: seq / 10, data: { step: seq } });
const event = (type, data) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const job = (status) => ({ status, urls: URLS });
const sleep = async () => {};

/** A fetch that gives the answers in turn; a function sees the request, an error is thrown. */
function answering(...answers) {
  const asked = [];
  const fetch = async (url, options = {}) => {
    asked.push({ url, after: options.headers?.["Last-Event-ID"], method: options.method, body: options.body });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return Object.assign(fetch, { asked });
}

const stream = (...events) => new Response(events.join(""), { headers: { "Content-Type": "text/event-stream" } });
const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });

async function all(source) {
  const seen = [];
  for await (const { type, data } of source) seen.push(type === "update" ? data.seq : type);
  return seen;
}

test("a stream gives every event to the last", async () => {
  const fetch = answering(stream(event("state", job("running")), event("update", update(1)), event("update", update(2)), event("done", job("succeeded"))));
  assert.deepEqual(await all(follow(URLS, { fetch, sleep })), ["state", 1, 2, "done"]);
  assert.deepEqual(fetch.asked.map(({ url }) => url), [URLS.events]);
});

test("a stream that breaks goes on after the last update, and none comes twice", async () => {
  const fetch = answering(
    stream(event("update", update(1)), event("update", update(2))),
    stream(event("update", update(2)), event("update", update(3)), event("done", job("succeeded"))),
  );
  assert.deepEqual(await all(follow(URLS, { fetch, sleep })), [1, 2, 3, "done"]);
  assert.equal(fetch.asked[1].after, "2");
});

test("where no stream is to be had, long polls do the same", async () => {
  const fetch = answering(
    json({ error: "Too many streams." }, 503),
    json({ ...job("running"), updates: [update(1), update(2)] }),
    json({ ...job("succeeded"), updates: [update(3)] }),
  );
  assert.deepEqual(await all(follow(URLS, { fetch, sleep })), [1, 2, "state", 3, "done"]);
  assert.deepEqual(fetch.asked.map(({ url }) => url), [URLS.events, "/job?wait=20&after=0", "/job?wait=20&after=2"]);
});

test("where long polls fail too, the job is simply asked for", async () => {
  const broken = () => json({}, 502);
  const fetch = answering(broken(), broken(), broken(), json({ ...job("succeeded"), updates: [update(1)] }));
  assert.deepEqual(await all(follow(URLS, { fetch, sleep })), [1, "done"]);
  assert.equal(fetch.asked.at(-1).url, "/job?after=0");
});

test("a paused job is followed no further, by stream and by polls, and goes on after the last update seen", async () => {
  const streamed = answering(
    stream(event("update", update(1)), event("paused", job("paused"))),
    stream(event("update", update(2)), event("done", job("succeeded"))),
  );
  assert.deepEqual(await all(follow(URLS, { fetch: streamed, sleep })), [1, "paused"]);
  assert.deepEqual(await all(follow(URLS, { fetch: streamed, sleep, after: 1 })), [2, "done"]);
  assert.equal(streamed.asked[1].after, "1");
  const polled = answering(json({}, 503), json({ ...job("paused"), updates: [update(1)] }));
  assert.deepEqual(await all(follow(URLS, { fetch: polled, sleep })), [1, "paused"]);
});

test("a job is asked to pause by its address, and to change with what is to change", async () => {
  const fetch = answering(json(job("running")), json(job("running")), json({ error: "It is over." }, 409));
  assert.equal((await ask("/job/pause", null, { fetch })).status, "running");
  await ask("/job/steer", { strength: 0.7 }, { fetch });
  assert.deepEqual(fetch.asked.map(({ method, body }) => [method, body]), [["POST", undefined], ["POST", '{"strength":0.7}']]);
  await assert.rejects(ask("/job/pause", null, { fetch }), { message: "It is over.", status: 409 });
});

test("a lost connection is said, and waited out", async () => {
  const gone = () => new TypeError("network");
  const fetch = answering(gone(), stream(event("done", job("succeeded"))));
  assert.deepEqual(await all(follow(URLS, { fetch, sleep })), ["lost", "done"]);
});

test("a job that is gone ends it with the server's sentence", async () => {
  const fetch = answering(json({ error: "There is no such run." }, 404));
  await assert.rejects(all(follow(URLS, { fetch, sleep })), { name: "Error", message: "There is no such run.", status: 404 });
});

test("nobody is asked after an abort", async () => {
  const fetch = answering();
  assert.deepEqual(await all(follow(URLS, { fetch, sleep, signal: AbortSignal.abort() })), []);
  assert.equal(fetch.asked.length, 0);
});

test("events are read whatever pieces they come in", () => {
  const text = `retry: 2000\n\n: still here\n\n${event("update", update(1))}event: state\r\ndata: {"a":\r\ndata: 1}\r\n\r\n${event("done", { b: 2 })}`;
  for (const size of [1, 2, 3, 7, 1000]) {
    const reader = new StreamReader();
    const events = [];
    for (let i = 0; i < text.length; i += size) events.push(...reader.take(text.slice(i, i + size)));
    assert.deepEqual(events, [{ type: "update", data: update(1) }, { type: "state", data: { a: 1 } }, { type: "done", data: { b: 2 } }], `pieces of ${size}`);
  }
});

test("a refusal carries the sentence, the fields and the time to come back", async () => {
  const fetch = answering(json({ error: "Slower.", problems: { steps: "Steps must be from 20 to 500." } }, 429, { "Retry-After": "12" }));
  const refusal = await start("/jobs", null, { fetch }).catch((error) => error);
  assert.ok(refusal instanceof Refusal);
  assert.deepEqual([refusal.message, refusal.status, refusal.retryAfter], ["Slower.", 429, 12]);
  assert.deepEqual(refusal.problems, { steps: "Steps must be from 20 to 500." });
});

test("an answer that is no JSON is still a sentence", async () => {
  const refusal = await start("/jobs", null, { fetch: answering(new Response("<h1>502</h1>", { status: 502 })) }).catch((error) => error);
  assert.match(refusal.message, /did not answer as expected/);
});

test("a paused job is waited for until another page wakes it, whatever the network does", async () => {
  const fetch = answering(json(job("paused")), new TypeError("offline"), json({}, 502), json(job("paused")), json(job("queued")));
  await awake("/job", { fetch, sleep });
  assert.equal(fetch.asked.length, 5);
});

test("a paused job that was erased is not waited for", async () => {
  await assert.rejects(awake("/job", { fetch: answering(json({ error: "Gone." }, 404)), sleep }), Refusal);
});

test("whoever stops waiting for a paused job asks no more", async () => {
  const nap = new AbortController();
  const fetch = answering(json(job("paused")));
  let rests = 0;
  await awake("/job", { fetch, signal: nap.signal, sleep: async () => { if ((rests += 1) === 2) nap.abort(); } });
  assert.equal(fetch.asked.length, 1);
});
