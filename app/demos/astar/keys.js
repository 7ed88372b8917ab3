// The keyboard on the map, with what is under its cursor in words, and the buttons of the tools.
// @ts-check

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const CLOSEST = 6;

export function equip(desk) {
  new Keys(desk);
}

class Keys {
  constructor(desk) {
    Object.assign(this, { desk, pens: desk.pens, place: desk.pens.place });
    this.place.addEventListener("keydown", (event) => this.#key(event));
    this.place.addEventListener("focus", () => this.#focused());
    this.place.addEventListener("blur", () => { this.pens.cursor = null; desk.draw(); });
    this.#toolbar();
    if (document.activeElement === this.place) this.#focused();
  }

  #focused() {
    if (!this.place.matches(":focus-visible")) return;
    this.pens.cursor ??= this.desk.start;
    this.#tell();
  }

  #key(event) {
    if (event.target !== this.place || event.altKey) return;
    const { desk } = this;
    const step = STEPS[event.key];
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "z") (event.shiftKey ? desk.redo() : desk.undo());
    else if (command) return;
    else if (step) this.#go(step, event.shiftKey);
    else if (event.key === " " || event.key === "Enter") this.#press();
    else if (event.key === "Escape" && this.pens.box) this.pens.box = null;
    else if (/^[sg]$/i.test(event.key)) this.#set(event.key.toLowerCase() === "s" ? "start" : "goal");
    else if (/^[0-9]$/.test(event.key)) this.#write(Number(event.key));
    else return;
    event.preventDefault();
    desk.draw();
  }

  #go([dx, dy], painting) {
    const { desk } = this;
    const [x, y] = this.pens.cursor ?? desk.start;
    const next = [x + dx, y + dy];
    if (!desk.terrain.has(...next)) return desk.bench.say("The edge of the map", { aloudOnly: true });
    this.pens.cursor = next;
    if (this.pens.box) this.pens.box = [this.pens.box[0], next];
    else if (painting) this.#write(this.pens.draws ? this.pens.weight : 0);
    this.#tell();
  }

  #press() {
    this.pens.cursor ??= this.desk.start;
    if (this.pens.box) return this.pens.end();
    this.pens.dragged = null;
    this.pens.begin(this.pens.cursor);
    if (!this.pens.box && this.pens.shape === "pencil" && this.pens.draws) this.pens.end();
    this.#tell();
  }

  #set(end) {
    this.pens.dragged = end;
    this.desk.remember();
    this.pens.carry(this.pens.cursor ?? this.desk.start);
    this.pens.end();
    this.#tell();
  }

  #write(weight) {
    this.desk.remember();
    this.pens.paint = weight;
    this.pens.dot(this.pens.cursor);
    this.pens.end();
    this.#tell();
  }

  /** What is under the cursor, in words. */
  #tell() {
    const { desk, pens: { cursor } } = this;
    const { terrain, result } = desk;
    const at = terrain.at(cursor);
    const weight = terrain.cells[at];
    const turn = desk.veiled ? -1 : result?.order?.indexOf(at) ?? -1;
    const stands = [this.pens.held(cursor), desk.breaks.has(at) && "a place to stop", !desk.veiled && result?.path.some((place) => place.join() === cursor.join()) && "on the path"].filter(Boolean);
    const words = [`Column ${cursor[0]}, row ${cursor[1]}`, weight === 0 ? "wall" : weight === 1 ? "free" : `weight ${weight}`, ...stands, turn < 0 ? "" : `expanded as number ${turn + 1}`];
    desk.bench.say(words.filter(Boolean).join(", "), { aloudOnly: true });
    desk.board.reveal(cursor);
    desk.draw();
  }

  #toolbar() {
    const { desk } = this;
    const press = (kind, chosen) => {
      this.pens[kind] = chosen;
      for (const button of desk.bench.querySelectorAll(`[data-${kind}]`)) button.setAttribute("aria-pressed", String(button.dataset[kind] === chosen));
    };
    for (const kind of ["tool", "shape"]) {
      for (const button of desk.bench.querySelectorAll(`[data-${kind}]`)) {
        button.addEventListener("click", () => {
          press(kind, button.dataset[kind]);
          this.place.toggleAttribute("data-pen", true);
        });
      }
    }
    desk.bench.find("heavy").addEventListener("change", () => press("tool", "weight"));
    const acts = {
      undo: () => desk.undo(),
      redo: () => desk.redo(),
      clear: () => { desk.remember(); desk.terrain.cells.fill(1); this.pens.end(); },
      closer: () => this.#zoom(1),
      farther: () => this.#zoom(-1),
    };
    for (const [name, act] of Object.entries(acts)) desk.bench.querySelector(`[data-act=${name}]`).addEventListener("click", act);
  }

  #zoom(by) {
    const { board } = this.desk;
    board.zoom = Math.max(1, Math.min(CLOSEST, board.zoom + by));
    this.desk.draw();
    board.reveal(this.pens.cursor ?? this.desk.start);
  }
}
