import assert from "node:assert/strict";
import { test } from "node:test";
import { shade } from "../../app/demos/feature_maps/heat.js";
import { change, nearest } from "../../app/demos/feature_maps/occluder.js";

/** How light a pixel of the photograph (0…255) is under the veil. */
function seen(value, photo) {
  const [r, g, b, cover] = shade(value);
  return [r, g, b].map((veil) => veil * cover + photo * (1 - cover)).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
}

test("the higher the map, the lighter the photograph: nobody needs to tell colours apart", () => {
  for (const photo of [30, 128, 220]) {
    const lights = Array.from({ length: 21 }, (_, i) => seen(i / 20, photo));
    for (let i = 1; i < lights.length; i += 1) assert.ok(lights[i] > lights[i - 1], `${photo}: ${lights}`);
    assert.ok(lights.at(-1) - lights[0] > 40);
  }
});

test("values out of range are as the nearest in it", () => {
  assert.deepEqual(shade(-3), shade(0));
  assert.deepEqual(shade(7), shade(1));
});

const grid = { columns: 12, rows: 8, left: 0.5 / 12, top: 0.5 / 8, across: 1 / 12, down: 1 / 8, side_x: 0.1, side_y: 0.15 };

test("the square stands at the measured place that is nearest", () => {
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const middle = [grid.left + column * grid.across, grid.top + row * grid.down];
      assert.deepEqual(nearest(grid, middle), [column, row]);
      assert.deepEqual(nearest(grid, [middle[0] + 0.4 * grid.across, middle[1] - 0.4 * grid.down]), [column, row]);
    }
  }
  assert.deepEqual(nearest(grid, [-4, 9]), [0, 7]);
});

test("a fall, a rise and no change are said as what they are", () => {
  assert.equal(change(0.314), "falls by 31 %");
  assert.equal(change(-0.05), "rises by 5 %");
  assert.equal(change(0.001), "stays as it is");
});
