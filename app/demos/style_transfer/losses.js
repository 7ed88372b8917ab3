// Where the lines of the loss chart run: from the updates of a run to paths, on a logarithmic axis. Knows no page.
// @ts-check

export const LAYERS = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];
export const LOSSES = ["total", "style", "content"];

const ROOM = { top: 18, right: 62, bottom: 20, left: 34 };
const LINE = 13; // the height of a name at the end of its line

/**
 * @typedef {{step: number, of?: number, size?: number, losses?: Object<string, number>, once?: {losses: Object<string, number>}}} Point
 * @param {Point[]} points in order of step
 * @param {{names?: string[], before?: Point[], steered?: {step: number, words: string}[]}} shown which losses, the run
 *   before, and what was changed while it ran
 */
export function chart(points, width, height, { names = LOSSES, before = [], steered = [] } = {}) {
  const [own, other] = [stepped(points), stepped(before)];
  if (!own.length) return null;
  const of = Math.max(...[...own, ...other].map((point) => point.of ?? point.step), 1);
  const frame = { left: ROOM.left, right: width - ROOM.right, top: ROOM.top, bottom: height - ROOM.bottom, of };
  const once = points.find((point) => point.once)?.once?.losses ?? {};
  const values = [...settled(own), ...settled(other)].flatMap(({ losses }) => names.map((name) => losses[name]));
  const axis = scale([...values, ...names.map((name) => once[name])], frame);
  const x = (step) => frame.left + (step / of) * (frame.right - frame.left);
  return {
    frame,
    x,
    ticks: axis.ticks,
    lines: apart(drawn(names, own, x, axis.y), frame),
    before: drawn(names, other, x, axis.y),
    dots: names.filter((name) => once[name] > 0).map((name) => ({ name, x: frame.left, y: axis.y(once[name]) })),
    rungs: rungs(own, x),
    marks: steered.map(({ step, words }) => ({ x: x(step), words })),
    stepAt: (place) => Math.min(of, Math.max(0, Math.round(((place - frame.left) / (frame.right - frame.left)) * of))),
  };
}

/** The update at a step, or the last one before it. */
export function at(points, step) {
  return points.findLast((point) => point.step <= step) ?? points[0];
}

/** At most `most` of a list, evenly spread, with its first and its last. */
export function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]);
}

/** Places for names, in order, at least a line apart and as near to where they would be as that allows. */
export function spaced(wanted, low, high) {
  // Without their lines the places only have to rise: that is isotonic regression, by pooling adjacent violators.
  const pools = [];
  for (const place of wanted.map((y, i) => y - i * LINE)) {
    let pool = { sum: place, count: 1 };
    while (pools.length && pools.at(-1).sum / pools.at(-1).count > pool.sum / pool.count) {
      const last = pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  const most = high - (wanted.length - 1) * LINE;
  return pools
    .flatMap(({ sum, count }) => Array(count).fill(sum / count))
    .map((place, i) => Math.max(low, Math.min(most, place)) + i * LINE);
}

/** The answer of one pass is no step of the optimisation: it is a dot, not the beginning of a line. */
function stepped(points) {
  return points.filter(({ losses, step, once }) => losses && !(once && step === 0));
}

/** Without the first report: there the picture still is the photograph, and a loss of nearly nothing would flatten the rest. */
function settled(points) {
  return points.length > 3 ? points.slice(1) : points;
}

function scale(values, { top, bottom }) {
  const positive = values.filter((value) => value > 0);
  if (!positive.length) positive.push(1);
  const [low, high] = [Math.log10(Math.min(...positive)), Math.log10(Math.max(...positive))];
  const span = high - low || 1;
  const y = (value) => Math.min(bottom, Math.max(top, bottom - ((Math.log10(value) - low) / span) * (bottom - top)));
  return { y, ticks: ticks(low, high).map((value) => ({ value, y: y(value) })) };
}

/** Powers of ten; where there are fewer than two between the exponents, their doubles and fives too. */
function ticks(low, high) {
  const tens = Array.from({ length: Math.ceil(high - low) + 2 }, (_, i) => Math.floor(low) + i);
  const within = (value) => value >= 10 ** low * 0.999 && value <= 10 ** high * 1.001;
  const powers = tens.map((ten) => 10 ** ten).filter(within);
  const all = tens.flatMap((ten) => [1, 2, 5].map((times) => Number((times * 10 ** ten).toPrecision(1)))).filter(within);
  return powers.length > 1 ? powers.map((power) => Number(power.toPrecision(1))) : all;
}

function drawn(names, points, x, y) {
  return names.map((name) => line(name, points, x, y)).filter((made) => made !== null);
}

function line(name, points, x, y) {
  const own = points.filter(({ losses }) => losses[name] > 0);
  if (!own.length) return null;
  const places = own.map((point) => [x(point.step), y(point.losses[name])]);
  const [endX, endY] = places[places.length - 1];
  return { name, path: `M${places.map((place) => place.map((value) => value.toFixed(1)).join(" ")).join("L")}`, x: endX, y: endY };
}

function apart(lines, { top, bottom }) {
  const sorted = [...lines].sort((a, b) => a.y - b.y);
  const places = spaced(sorted.map(({ y }) => y), top, bottom);
  return lines.map((made) => ({ ...made, y: places[sorted.indexOf(made)] }));
}

function rungs(points, x) {
  const found = [];
  for (const point of points) {
    if (point.size && point.size !== found.at(-1)?.size) found.push({ size: point.size, x: x(found.length ? point.step : 0), label: `${point.size} px` });
  }
  return found;
}
