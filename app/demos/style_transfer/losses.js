// Where the lines of the loss chart run: from the updates of a run to paths, on a logarithmic axis. Knows no page.
// @ts-check

const ROOM = { top: 18, right: 62, bottom: 20, left: 4 };
const NAMES = ["style", "content"];

/**
 * @param {{step: number, of: number, size: number, losses: Object<string, number>}[]} points in order of step
 * @returns {null | {frame: object, lines: {name: string, path: string, x: number, y: number}[], rungs: {x: number, label: string}[], stepAt: (x: number) => number}}
 */
export function chart(points, width, height) {
  const shown = points.filter(({ losses }) => losses);
  if (!shown.length) return null;
  const of = Math.max(...shown.map((point) => point.of ?? point.step), 1);
  const frame = { left: ROOM.left, right: width - ROOM.right, top: ROOM.top, bottom: height - ROOM.bottom, of };
  const x = (step) => frame.left + (step / of) * (frame.right - frame.left);
  const y = scale(settled(shown).flatMap(({ losses }) => NAMES.map((name) => losses[name])), frame);
  return {
    frame,
    lines: apart(NAMES.map((name) => line(name, shown, x, y)).filter((made) => made !== null)),
    rungs: rungs(shown, x),
    stepAt: (place) => Math.round(((place - frame.left) / (frame.right - frame.left)) * of),
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

/** Without the first report: there the picture still is the photograph, and a loss of nearly nothing would flatten the rest. */
function settled(points) {
  return points.length > 3 ? points.slice(1) : points;
}

function scale(values, { top, bottom }) {
  const positive = values.filter((value) => value > 0);
  const low = Math.log(Math.min(...positive));
  const high = Math.log(Math.max(...positive));
  const span = high - low || 1;
  return (value) => Math.min(bottom, Math.max(top, bottom - ((Math.log(value) - low) / span) * (bottom - top)));
}

function line(name, points, x, y) {
  const own = points.filter(({ losses }) => losses[name] > 0);
  if (!own.length) return null;
  const places = own.map((point) => [x(point.step), y(point.losses[name])]);
  const [endX, endY] = places[places.length - 1];
  return { name, path: `M${places.map((place) => place.map((value) => value.toFixed(1)).join(" ")).join("L")}`, x: endX, y: endY };
}

/** Names at the ends of lines that meet are moved apart, so that both can be read. */
function apart(lines) {
  const [upper, lower] = [...lines].sort((a, b) => a.y - b.y);
  if (!lower || lower.y - upper.y >= 14) return lines;
  const middle = (upper.y + lower.y) / 2;
  return lines.map((made) => ({ ...made, y: made === upper ? middle - 7 : middle + 7 }));
}

function rungs(points, x) {
  const found = [];
  for (const point of points) {
    if (point.size && point.size !== found.at(-1)?.size) found.push({ size: point.size, x: x(found.length ? point.step : 0), label: `${point.size} px` });
  }
  return found;
}
