import assert from "node:assert/strict";
import { test } from "node:test";

import { facts } from "../../app/demos/detection/crops.js";
import { coco, csv, svg, voc } from "../../app/demos/detection/exports.js";

const PICTURE = { name: "a & b.jpg", width: 100, height: 80, classes: ["cat", 'dog "Rex", <wet>'] };
const OBJECTS = [
  { label: PICTURE.classes[1], score: 0.75, box: [10.456, 20, 40, 60.5] },
  { label: "cat", score: 0.5, box: [0, 0, 100, 80] },
];

test("no objects are files too", () => {
  assert.deepEqual(JSON.parse(coco(PICTURE, [])).annotations, []);
  assert.equal(csv([]), "label,score,x0,y0,x1,y1\r\n");
  assert.ok(!voc(PICTURE, []).includes("<object>"));
  assert.ok(!svg(PICTURE, [], "data:,").includes("<text"));
});

test("names become no markup", () => {
  for (const written of [voc(PICTURE, OBJECTS), svg(PICTURE, OBJECTS, "data:,")]) {
    assert.ok(!written.includes("<wet>"));
    assert.ok(written.includes("&#60;wet&#62;"));
  }
  assert.ok(csv(OBJECTS).includes('"dog ""Rex"", <wet>",0.75,10.46,20,40,60.5\r\n'));
});

test("the surest is drawn last, on top", () => {
  const drawn = svg(PICTURE, OBJECTS, "data:,");
  assert.ok(drawn.indexOf("cat 0.50") < drawn.indexOf("0.75"));
});

test("an object's numbers are worded", () => {
  assert.equal(facts(OBJECTS[1], PICTURE), "cat 0.50: 100 × 80 px from (0, 0), 100 % of the picture");
  assert.equal(facts({ label: "cat", score: 0.5, box: [1.6, 2, 5, 6] }, PICTURE), "cat 0.50: 3 × 4 px from (2, 2), 0.2 % of the picture");
});
