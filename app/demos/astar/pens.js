// Drawing on the map: walls and weights, rectangles, floods, start and goals, places where to stop.
// @ts-check

const MOST_GOALS = 16;
const SIDES = [[1, 0], [0, 1], [-1, 0], [0, -1]];

export class Pens {
  tool = "wall"; // or erase, weight, goal, landmark, break
  shape = "pencil"; // or rectangle, fill
  cursor = null;
  box = null;
  dragged = null; // start or goal
  grip = 0; // which goal was dragged last
  #last = null; // the cell that the pointer was on
  #moved = false;
  paint = 0;
  #pointer = null;

  constructor(desk) {
    this.desk = desk;
    const { canvas } = desk.board;
    this.place = canvas.parentElement;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.#up());
    // A finger that takes hold of start or goal drags it; elsewhere it scrolls, until a tool is chosen.
    canvas.addEventListener("touchstart", (event) => this.held(desk.board.under(event.touches[0])) && event.preventDefault(), { passive: false });
  }

  down(event) {
    if (event.button) return;
    const cell = this.desk.board.under(event);
    if (!this.desk.terrain.has(...cell)) return;
    const finger = event.pointerType === "touch" && !this.place.hasAttribute("data-pen");
    this.dragged = this.held(cell);
    if (finger && !this.dragged) return;
    this.#pointer = event.pointerId;
    try {
      this.desk.board.canvas.setPointerCapture(event.pointerId);
    } catch {
      // the pointer is gone already
    }
    this.cursor = this.place.matches(":focus-visible") ? cell : null;
    this.begin(cell);
  }

  begin(cell) {
    const { desk } = this;
    this.#last = cell;
    this.#moved = false;
    if (this.dragged) return this.#take(cell);
    if (!this.draws) return this.#put(cell);
    desk.remember();
    this.paint = this.#weight(cell);
    if (this.shape === "fill") {
      this.#flood(cell);
      return this.end();
    }
    if (this.shape === "rectangle") this.box = [cell, cell];
    else this.dot(cell);
    desk.draw();
  }

  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    const [x, y] = this.desk.board.under(event);
    const { width, height } = this.desk.terrain;
    const cell = [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))];
    if (cell.join() === this.#last?.join()) return;
    if (this.dragged && !this.#moved) this.desk.remember();
    this.#moved = true;
    if (this.dragged) this.carry(cell);
    else if (this.box) this.box = [this.box[0], cell];
    else if (this.shape === "pencil" && this.draws) for (const each of between(this.#last, cell)) this.dot(each);
    this.#last = cell;
    if (this.box) this.desk.draw();
    else this.desk.renew();
  }

  #up() {
    if (this.#pointer === null) return;
    this.#pointer = null;
    if (this.tool === "goal" && this.dragged === "goal" && !this.#moved) this.#put(this.#last);
    else if (this.draws || this.dragged) this.end();
  }

  /** Hold of start or goal. */
  #take(cell) {
    this.grip = Math.max(0, this.desk.goals.findIndex((goal) => goal.join() === cell.join()));
  }

  /** Whether the tool changes the map. */
  get draws() {
    return !["break", "landmark", "goal"].includes(this.tool);
  }

  end() {
    if (this.box) this.#rectangle();
    this.box = this.dragged = null;
    this.desk.commit();
    this.desk.renew();
  }

  /** What stands on a cell and can be dragged. */
  held(cell) {
    const { start, goals } = this.desk;
    if (goals.some((goal) => goal.join() === cell.join())) return "goal";
    return start.join() === cell.join() ? "start" : null;
  }

  carry(cell) {
    const { desk } = this;
    if (!desk.terrain.cells[desk.terrain.at(cell)]) return;
    if (this.dragged === "start") desk.start = cell;
    else if (this.held(cell) !== "goal") desk.goals = desk.goals.with(Math.min(this.grip, desk.goals.length - 1), cell);
  }

  /** A goal more, or one fewer where one stands. */
  #aim(cell) {
    const { desk } = this;
    this.dragged = null;
    const kept = desk.goals.filter((goal) => goal.join() !== cell.join());
    if (kept.length === desk.goals.length) kept.push(cell);
    const wrong = !kept.length ? "One goal stays" : kept.length > MOST_GOALS ? `${MOST_GOALS} goals at most` : !desk.terrain.cells[desk.terrain.at(cell)] ? "A goal stands on a free cell" : "";
    if (wrong) return desk.bench.say(wrong);
    desk.remember();
    desk.goals = kept;
    this.end();
  }

  /** What the tool writes into a cell. */
  get weight() {
    return { erase: 1, wall: 0 }[this.tool] ?? Number(this.desk.bench.find("heavy").value);
  }

  /** A pen takes away what it would draw where that is already. */
  #weight(cell) {
    const { terrain } = this.desk;
    const { weight } = this;
    return terrain.cells[terrain.at(cell)] === weight ? 1 : weight;
  }

  dot(cell) {
    if (this.paint || !this.held(cell)) this.desk.terrain.cells[this.desk.terrain.at(cell)] = this.paint;
  }

  #rectangle() {
    const [[ax, ay], [bx, by]] = this.box;
    for (let y = Math.min(ay, by); y <= Math.max(ay, by); y++) for (let x = Math.min(ax, bx); x <= Math.max(ax, bx); x++) this.dot([x, y]);
  }

  #flood(cell) {
    const { terrain } = this.desk;
    const old = terrain.cells[terrain.at(cell)];
    if (old === this.paint) return;
    const waiting = [cell];
    const done = new Set([terrain.at(cell)]);
    for (let place; (place = waiting.pop());) {
      this.dot(place);
      for (const [dx, dy] of SIDES) {
        const near = [place[0] + dx, place[1] + dy];
        const at = terrain.at(near);
        if (!terrain.has(...near) || terrain.cells[at] !== old || done.has(at)) continue;
        done.add(at);
        waiting.push(near);
      }
    }
  }

  /** A goal, a landmark, or where a replay is to stop. */
  #put(cell) {
    const { desk } = this;
    if (this.tool === "goal") return this.#aim(cell);
    const at = desk.terrain.at(cell);
    if (this.tool === "break") {
      if (!desk.breaks.delete(at)) desk.breaks.add(at);
      desk.dispatchEvent(new Event("breaks"));
      return desk.draw();
    }
    if (!desk.terrain.cells[at]) return;
    const kept = desk.landmarks.filter((place) => place.join() !== cell.join());
    const landmarks = kept.length < desk.landmarks.length ? kept : [...kept, cell];
    desk.bench.fields.fill({ heuristic: "landmarks", landmarks: landmarks.map((place) => place.join()).join(" ") || null });
  }
}

/** The cells of a straight line, its first one left out. */
function between([ax, ay], [bx, by]) {
  const long = Math.max(Math.abs(bx - ax), Math.abs(by - ay));
  return Array.from({ length: long }, (_, i) => [Math.round(ax + (bx - ax) * (i + 1) / long), Math.round(ay + (by - ay) * (i + 1) / long)]);
}
