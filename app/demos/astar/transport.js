// The search as a film that a reader runs: play, step, step back, scrub, stop at a cell; the open list and why the next cell is next.
// @ts-check

import { brief } from "./board.js";
import { figures } from "./figures.js";
import { inscribe } from "./inscriptions.js";
import { orderOf, Replay } from "./replay.js";

const MOST_ROWS = 60;
const EPSILON = 1e-9;

export function equip(desk) {
  new Transport(desk);
}

class Transport {
  #frame = 0;
  #film = null; // the replay of this answer, once it is wanted
  #turn = 0;
  #wanted = null; // where the slider was put before there was an answer

  constructor(desk) {
    this.desk = desk;
    const { bench } = desk;
    [this.play, this.scrub, this.speed, this.tally, this.list, this.rows, this.why] = ["play", "scrub", "speed", "count", "open", "rows", "why"].map((part) => bench.querySelector(`.bench [data-${part}]`));
    this.play.addEventListener("click", () => (this.#frame ? this.stop() : this.#run()));
    this.scrub.addEventListener("input", () => { this.stop(); this.go(this.scrub.valueAsNumber); });
    for (const button of bench.querySelectorAll("[data-by]")) button.addEventListener("click", () => { this.stop(); this.go(this.scrub.valueAsNumber + Number(button.dataset.by)); });
    desk.addEventListener("answer", () => this.#renew());
    desk.transport = this;
    desk.board.inscribe = inscribe;
    const at = this.scrub.valueAsNumber; // a reader may have been quicker
    if (at < Number(this.scrub.max)) this.#wanted = at;
    this.#renew();
  }

  /** A new answer stands at its end. */
  #renew() {
    const { result, veiled } = this.desk;
    this.stop();
    this.#film = null;
    this.#turn++;
    this.list.hidden = true;
    if (!result) return;
    const told = result.steps.length || Math.min(result.expanded, 20_000);
    this.scrub.max = String(told);
    this.scrub.value = this.scrub.max;
    this.#count(veiled ? 0 : told);
    if (this.#wanted !== null) this.go(this.#wanted);
    this.#wanted = null;
  }

  /** The film of this answer; its steps are asked for when they are wanted. */
  async #load() {
    if (this.#film) return this.#film;
    const turn = this.#turn;
    const { desk } = this;
    const { steps } = desk.result.steps.length ? desk.result : await desk.stepped();
    if (turn !== this.#turn) return null;
    this.scrub.max = String(steps.length);
    return this.#film = new Replay(steps);
  }

  /** Shows what was known after so many expansions. */
  async go(count) {
    const film = await this.#load();
    if (!film) return;
    const { desk } = this;
    film.to(count);
    this.scrub.value = String(film.count);
    desk.replay = film;
    this.list.hidden = false;
    this.#count(film.count);
    this.#tell(film);
    desk.draw();
    if (film.current) desk.board.reveal(desk.terrain.place(film.current.cell));
    if (film.current && !this.#frame) desk.bench.say(this.why.textContent, { aloudOnly: true });
  }

  async #run() {
    const film = await this.#load();
    if (!film) return;
    this.#shown(true);
    let at = this.scrub.valueAsNumber >= film.steps.length ? 0 : this.scrub.valueAsNumber;
    let [before, owed] = [performance.now(), 1];
    const next = (now) => {
      owed += (now - before) / 1000 * Number(this.speed.value);
      before = now;
      let stopped = false;
      while (owed >= 1 && at < film.steps.length && !stopped) {
        stopped = this.desk.breaks.has(film.steps[at].cell) || film.steps[at].opened.some(({ cell }) => this.desk.breaks.has(cell));
        at++;
        owed--;
      }
      this.go(at);
      if (at >= film.steps.length || stopped) {
        this.stop();
        if (at >= film.steps.length && !stopped) this.#arrive();
        else this.desk.bench.say(`Stopped after ${at}: the cell that you marked has come up`);
        return;
      }
      this.#frame = requestAnimationFrame(next);
    };
    this.#frame = requestAnimationFrame(next);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#shown(false);
  }

  /** The film is over: the path is shown over what was expanded. */
  #arrive() {
    const { desk } = this;
    desk.replay = null;
    desk.draw();
    this.#count(this.#film.steps.length);
  }

  #shown(running) {
    this.play.textContent = running ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", running ? "Pause" : "Play");
  }

  #count(count) {
    const { result, bench, veiled } = this.desk;
    const left = result.stepsLeftOut && result.steps.length ? ` (of ${result.expanded.toLocaleString("en")})` : "";
    this.tally.textContent = veiled ? "?" : `${count.toLocaleString("en")} of ${Number(this.scrub.max).toLocaleString("en")}${left}`;
    if (veiled || !this.#film || count >= this.#film.steps.length) return void Object.entries(figures(result)).forEach(([name, words]) => { if (!veiled) bench.querySelector(`[data-figure="${name}"]`).textContent = words; });
    bench.querySelector("[data-figure=expanded]").textContent = count.toLocaleString("en");
    bench.querySelector("[data-figure=generated]").textContent = this.#film.generated.toLocaleString("en");
  }

  #tell(film) {
    const { desk } = this;
    const { algorithm, ties } = desk.question();
    const open = film.openList(orderOf(algorithm, ties), desk.terrain, [desk.start, desk.goals[0]]);
    const name = (cell) => (cell < 0 ? "–" : `(${desk.terrain.place(cell).join(", ")})`);
    this.why.textContent = why(film, name, algorithm === "greedy");
    this.rows.replaceChildren(...open.slice(0, MOST_ROWS).map(({ cell, f, g, h, parent }, i) => {
      const row = document.createElement("tr");
      row.className = i ? "" : "next";
      for (const words of [name(cell), brief(f), brief(g), brief(h), name(parent)]) row.insertCell().textContent = words;
      return row;
    }));
    if (open.length > MOST_ROWS) this.rows.insertRow().insertCell().textContent = `and ${open.length - MOST_ROWS} more`;
  }
}

/** Why the cell that was expanded last was the one. */
export function why({ current, rival, count }, name, greedy) {
  if (!count) return "Nothing is expanded yet: only the start is open.";
  const { cell, f, g, h } = current;
  const sum = greedy ? `f = h = ${brief(f)}` : `f = ${brief(f)}, of which g ${brief(g)} and h ${brief(h)}`;
  const next = rival === null ? "nothing else was open" : Math.abs(rival - f) < EPSILON ? `others had the same f, and the order for ties decided` : `the next best had ${brief(rival)}`;
  return `Popped ${name(cell)}: ${sum}; ${next}.`;
}
