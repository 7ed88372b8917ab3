// A painted picture in the photograph's colours, as app/algorithms/vision/colours.py gives them. Pixels are RGBA. Knows no page.
// @ts-check

/** The brightness of `made` and the colour of a photograph of the same size, pixel by pixel. */
export function luminance(made, photograph) {
  const out = new Uint8ClampedArray(made.length);
  for (let i = 0; i < made.length; i += 4) {
    const [r, g, b] = [photograph[i], photograph[i + 1], photograph[i + 2]];
    const y = (part(0.299, made[i]) + part(0.587, made[i + 1]) + part(0.114, made[i + 2])) >> 6;
    const cb = (part(-0.16874, r) + part(-0.33126, g) + part(0.5, b)) >> 6;
    const cr = (part(0.5, r) + part(-0.41869, g) + part(-0.08131, b)) >> 6;
    out[i] = y + (part(1.402, cr) >> 6);
    out[i + 1] = y + ((part(-0.34414, cb) + part(-0.71414, cr)) >> 6);
    out[i + 2] = y + (part(1.772, cb) >> 6);
    out[i + 3] = 255;
  }
  return out;
}

/** `made` moved linearly, as little as it takes, to the photograph's mean and covariance (Pitié and Kokaram, 2007). */
export function histogram(made, photograph) {
  const [own, wanted] = [moments(made), moments(photograph)];
  const map = mongeKantorovich(own.covariance, wanted.covariance);
  const out = new Uint8ClampedArray(made.length);
  for (let i = 0; i < made.length; i += 4) {
    const away = own.mean.map((mean, channel) => made[i + channel] - mean);
    for (let channel = 0; channel < 3; channel++) {
      out[i + channel] = wanted.mean[channel] + map[channel].reduce((sum, value, j) => sum + value * away[j], 0);
    }
    out[i + 3] = 255;
  }
  return out;
}

/** The symmetric t with t · own · t = wanted. */
export function mongeKantorovich(own, wanted) {
  const { root, back } = roots(own);
  return times(times(back, roots(times(times(root, wanted), root)).root), back);
}

/** A share of JPEG's YCbCr in whole 64ths, as Pillow counts: its roundings are seen in strong colours. */
const part = (factor, value) => Math.trunc(64 * factor * value + 0.5);

function moments(pixels) {
  const count = pixels.length / 4;
  const mean = [0, 0, 0];
  const products = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (let i = 0; i < pixels.length; i += 4) {
    for (let a = 0; a < 3; a++) {
      mean[a] += pixels[i + a] / count;
      for (let b = 0; b < 3; b++) products[a][b] += (pixels[i + a] * pixels[i + b]) / count;
    }
  }
  // A little of every colour, so that a grey or a plain picture has directions too.
  const covariance = products.map((row, a) => row.map((product, b) => product - mean[a] * mean[b] + Number(a === b)));
  return { mean, covariance };
}

/** The square root of a positive definite matrix, and its inverse (Denman and Beavers, 1976). */
function roots(matrix) {
  let [root, back] = [matrix, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]];
  for (let round = 0; round < 30; round++) [root, back] = [mean(root, inverse(back)), mean(back, inverse(root))];
  return { root, back };
}

const mean = (a, b) => a.map((row, i) => row.map((value, j) => (value + b[i][j]) / 2));
const times = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

function inverse([[a, b, c], [d, e, f], [g, h, i]]) {
  const cofactors = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  const determinant = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0];
  return cofactors.map((row) => row.map((value) => value / determinant));
}
