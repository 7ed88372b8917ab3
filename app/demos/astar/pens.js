// Drawing on the map: walls and weights, rectangles, floods, start and goal, places where to stop.
// @ts-check

const SIDES = [[1, 0], [0, 1], [-1, 0], [0, -1]];

export class Pens {
  tool = "wall"; // or erase, weight, landmark, break
  shape = "pencil"; // or rectangle, fill
  cursor = null;
  box = null;
  dragged = null; // start or goal
  #last = null; // the cell that the pointer was on
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
    if (this.dragged) return desk.remember();
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
    if (this.draws || this.dragged) this.end();
  }

  /** Whether the tool changes the map. */
  get draws() {
    return this.tool !== "break" && this.tool !== "landmark";
  }

  end() {
    if (this.box) this.#rectangle();
    this.box = this.dragged = null;
    this.desk.commit();
    this.desk.renew();
  }

  /** What stands on a cell and can be dragged. */
  held(cell) {
    return ["goal", "start"].find((end) => this.desk[end].join() === cell.join()) ?? null;
  }

  carry(cell) {
    const { desk } = this;
    if (desk.terrain.cells[desk.terrain.at(cell)]) desk[this.dragged] = cell;
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

  /** Where a replay is to stop, or a landmark. */
  #put(cell) {
    const { desk } = this;
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
