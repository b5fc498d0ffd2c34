// A small network that tells the 37 characters of OCR-B, and what is none, from pixels: two convolutions, two dense
// layers. It slides over a whole line at once. bench/mrz/train.py made its weights.
import packed from "./weights.js";

export const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
export const CLASSES = SIGNS.length + 1; // the last one is "no character stands here"
export const [HIGH, WIDE, PITCH] = [26, 22, 14]; // pixels: a window, and from one character to the next

// Layers as { shape, values }: whole numbers of one byte, each output with a scale of its own.
function unpacked({ shape, scale, bias, data }) {
  const bytes = Int8Array.from(atob(data), (sign) => sign.charCodeAt(0) << 24 >> 24);
  const each = bytes.length / shape[0];
  const values = Float32Array.from(bytes, (value, at) => value * scale[Math.floor(at / each)]);
  return { shape, values, bias: Float32Array.from(bias) };
}
const [conv1, conv2, dense1, dense2] = packed.map(unpacked);

// input: channels × high × wide; 3 × 3, no padding, nothing below zero.
function convolved(input, channels, high, wide, { shape, values, bias }) {
  const [outs] = shape;
  const [h, w] = [high - 2, wide - 2];
  const output = new Float32Array(outs * h * w);
  for (let out = 0; out < outs; out += 1) {
    const base = out * h * w;
    output.fill(bias[out], base, base + h * w);
    for (let channel = 0; channel < channels; channel += 1) {
      const own = (out * channels + channel) * 9;
      const [a, b, c, d, e, f, g, i, k] = values.subarray(own, own + 9);
      for (let y = 0; y < h; y += 1) {
        let one = (channel * high + y) * wide;
        let two = one + wide;
        let three = two + wide;
        // The three columns under the weights move on by one: two of them were read before.
        let p = input[one];
        let q = input[one + 1];
        let s = input[two];
        let t = input[two + 1];
        let x = input[three];
        let v = input[three + 1];
        one += 2;
        two += 2;
        three += 2;
        const end = base + (y + 1) * w;
        for (let to = end - w; to < end; to += 1, one += 1, two += 1, three += 1) {
          const r = input[one];
          const u = input[two];
          const z = input[three];
          output[to] += a * p + b * q + c * r + d * s + e * t + f * u + g * x + i * v + k * z;
          p = q;
          q = r;
          s = t;
          t = u;
          x = v;
          v = z;
        }
      }
    }
  }
  for (let at = 0; at < output.length; at += 1) if (output[at] < 0) output[at] = 0;
  return output;
}

// The largest of each 2 × 2, from column `shift` on.
function pooled(input, channels, high, wide, shift) {
  const [h, w] = [high >> 1, (wide - shift) >> 1];
  const output = new Float32Array(channels * h * w);
  for (let channel = 0, to = 0; channel < channels; channel += 1) {
    for (let y = 0; y < h; y += 1) {
      let from = (channel * high + 2 * y) * wide + shift;
      for (let x = 0; x < w; x += 1, from += 2, to += 1) {
        output[to] = Math.max(input[from], input[from + 1], input[from + wide], input[from + wide + 1]);
      }
    }
  }
  return output;
}

// Looks at a line: { columns, at }, where `at(column)` gives the log-probabilities of each class for the window that
// begins there (every second column has one). What was looked at once is kept.
export function looked(strip, long) {
  const [outs1, outs2] = [conv1.shape[0], conv2.shape[0]];
  const [high, half] = [(HIGH - 2) >> 1, (long - 2) >> 1];
  const first = pooled(convolved(strip, 1, HIGH, long, conv1), outs1, HIGH - 2, long - 2, 0);
  const second = convolved(first, outs1, high, half, conv2);
  const rows = outs2 * ((high - 2) >> 1);
  const features = [0, 1].map((shift) => ({ wide: (half - 2 - shift) >> 1, values: pooled(second, outs2, high - 2, half - 2, shift) }));
  const columns = 2 * (features[1].wide + features[0].wide - 2 * (dense1.shape[1] / rows) + 2) - 1;
  const found = new Map();
  return {
    columns,
    at(column) {
      if (!found.has(column)) found.set(column, dense(features[(column >> 1) & 1], rows, column >> 2));
      return found.get(column);
    },
  };
}

function dense({ wide, values }, rows, from) {
  const [hidden, inputs] = dense1.shape;
  const across = inputs / rows;
  const window = new Float32Array(inputs);
  for (let row = 0, to = 0; row < rows; row += 1) {
    for (let x = row * wide + from; x < row * wide + from + across; x += 1, to += 1) window[to] = values[x];
  }
  const middle = multiplied(dense1, window, new Float32Array(hidden));
  for (let at = 0; at < hidden; at += 1) if (middle[at] < 0) middle[at] = 0;
  const scores = multiplied(dense2, middle, new Float32Array(CLASSES));
  const most = Math.max(...scores);
  let total = 0;
  for (const score of scores) total += Math.exp(score - most);
  const log = most + Math.log(total);
  return scores.map((score) => score - log);
}

function multiplied({ shape, values, bias }, input, output) {
  const [outs, inputs] = shape;
  // Four at once, the last two alone: what is read of the input serves all.
  for (let out = 0; out < outs; out += 4) {
    const at = out * inputs;
    const isWhole = out + 4 <= outs;
    let one = bias[out];
    let two = bias[out + 1];
    let three = isWhole ? bias[out + 2] : 0;
    let four = isWhole ? bias[out + 3] : 0;
    const [second, third, fourth] = isWhole ? [inputs, 2 * inputs, 3 * inputs] : [inputs, 0, 0];
    for (let x = at, from = 0; from < inputs; x += 1, from += 1) {
      const value = input[from];
      one += values[x] * value;
      two += values[x + second] * value;
      three += values[x + third] * value;
      four += values[x + fourth] * value;
    }
    output[out] = one;
    output[out + 1] = two;
    if (isWhole) [output[out + 2], output[out + 3]] = [three, four];
  }
  return output;
}
