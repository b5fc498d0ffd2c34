// Finds the lines of a zone in a grey picture and straightens each into a strip the network can read.
import { CLASSES, HIGH, PITCH, WIDE, looked } from "./net.js";

const AROUND = 3; // characters of room before the first and after the last that are looked at, too
const CAP = 14; // pixels of a strip that a capital is high
const RATIO = 1.05; // from one character to the next, in heights of a capital as seen here: OCR-B size I
const COUNTS = [44, 36, 30];
const GLANCED = 20; // characters in the middle of a line that tell whether it is worth a closer look
const MOST = 3; // lines that are looked at closely
const WASHED = 0.6; // of the contrast that is usual in a line
const [CLEAR, HOPELESS] = [-0.25, -1.4]; // of the mean log-probability of a line's characters
const FINE = 900; // pixels across: a picture with more is traced at half its size

// The mean of each (2r + 1)² square.
function blurred(image, width, height, radius) {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += image[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const output = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(y - radius, 0), Math.min(y + radius + 1, height)];
    const [upper, lower] = [top * (width + 1), bottom * (width + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(x - radius, 0), Math.min(x + radius + 1, width)];
      const sum = sums[lower + right] - sums[upper + right] - sums[lower + left] + sums[upper + left];
      output[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return output;
}

// How much darker than its surroundings each pixel is, in measures of the contrast around it.
function inked(grey, width, height) {
  const radius = Math.max(6, Math.round(width / 45));
  const around = blurred(grey, width, height, radius);
  const ink = grey.map((value, at) => Math.max(around[at] - value, 0));
  const contrast = blurred(ink, width, height, radius * 3);
  return ink.map((value, at) => Math.min(value / (contrast[at] + 2), 6));
}

// The sum of ink in each row of a picture sheared by `slope`, within columns.
function profile(ink, width, height, slope, from = 0, to = width) {
  const rows = new Float32Array(height);
  for (let x = from; x < to; x += 2) {
    const down = Math.round(slope * (x - width / 2));
    const start = Math.max(0, -down);
    const end = Math.min(height, height - down);
    for (let y = start; y < end; y += 1) rows[y] += ink[(y + down) * width + x];
  }
  return rows;
}

function slopeOf(ink, width, height) {
  const sharp = (slope) => {
    const rows = profile(ink, width, height, slope);
    let sum = 0;
    for (let y = 2; y < height; y += 1) sum += (rows[y] - rows[y - 2]) ** 2;
    return sum;
  };
  let best = 0;
  for (const [reach, step] of [[0.16, 0.012], [0.012, 0.003]]) {
    const around = best;
    let most = -1;
    for (let slope = around - reach; slope <= around + reach + 1e-9; slope += step) {
      const value = sharp(slope);
      if (value > most) [most, best] = [value, slope];
    }
  }
  return best;
}

// Runs of rows with much ink: [top, bottom], from the lowest up.
function bandsOf(rows, height) {
  const smooth = rows.map((value, y) => ((rows[y - 1] ?? value) + 2 * value + (rows[y + 1] ?? value)) / 4);
  const level = [...smooth].sort((a, b) => a - b)[Math.floor(height * 0.93)];
  const bands = [];
  for (let y = 0, top = -1; y <= height; y += 1) {
    const isIn = y < height && smooth[y] > level * 0.42;
    if (isIn && top < 0) top = y;
    if (!isIn && top >= 0) {
      if (y - top >= 5) bands.push([top, y]);
      top = -1;
    }
  }
  return bands.reverse();
}

// The line through a band: y at each x as [a, b] (a + b·x), and how high a capital is there.
function traced(ink, width, height, slope, [top, bottom]) {
  const tall = bottom - top;
  const slabs = 12;
  const middle = (top + bottom) / 2;
  const points = [];
  for (let slab = 0; slab < slabs; slab += 1) {
    const [from, to] = [Math.floor((slab * width) / slabs), Math.floor(((slab + 1) * width) / slabs)];
    const rows = profile(ink, width, height, slope, from, to);
    let [sum, moment] = [0, 0];
    const centre = points.length ? points.at(-1)[1] : middle;
    const reach = tall * 0.8;
    for (let y = Math.max(0, Math.floor(centre - reach)); y < Math.min(height, centre + reach); y += 1) {
      sum += rows[y];
      moment += rows[y] * y;
    }
    if (sum / ((to - from) * tall) > 0.12) points.push([(from + to) / 2, moment / sum, sum]);
  }
  if (points.length < 4) return null;
  let [a, b] = [middle, 0];
  let kept = points;
  for (let round = 0; round < 3; round += 1) {
    const total = kept.reduce((n, [, , w]) => n + w, 0);
    const [mx, my] = [0, 1].map((axis) => kept.reduce((n, point) => n + point[axis] * point[2], 0) / total);
    const over = kept.reduce((n, [x, , w]) => n + w * (x - mx) ** 2, 0);
    b = over ? kept.reduce((n, [x, y, w]) => n + w * (x - mx) * (y - my), 0) / over : 0;
    a = my - b * mx;
    const off = points.map((point) => Math.abs(point[1] - a - b * point[0]));
    const limit = Math.max([...off].sort((p, q) => p - q)[points.length >> 1] * 2.5, 1.5);
    kept = points.filter((_point, at) => off[at] <= limit);
  }
  return edged(ink, width, height, a - (slope * width) / 2, b + slope, tall);
}

// Where capitals begin and end around the line a + b·x, and from which column to which it runs.
function edged(ink, width, height, a, b, tall) {
  const reach = Math.ceil(tall * 1.1);
  const rows = new Float32Array(2 * reach + 1);
  for (let x = 0; x < width; x += 1) {
    const y = Math.round(a + b * x);
    for (let off = -reach; off <= reach; off += 1) {
      if (y + off >= 0 && y + off < height) rows[off + reach] += ink[(y + off) * width + x];
    }
  }
  const inner = [...rows.slice(Math.round(reach - tall * 0.3), Math.round(reach + tall * 0.3) + 1)].sort((p, q) => p - q);
  const half = inner[inner.length >> 1] * 0.5;
  const edge = (step) => {
    let at = reach;
    while (at > 0 && at < 2 * reach && rows[at + step] > half) at += step;
    const [inside, outside] = [rows[at], rows[at + step] ?? 0];
    return at - reach + step * (inside > outside ? (inside - half) / (inside - outside) : 0.5);
  };
  const [top, bottom] = [edge(-1), edge(1)];
  const cap = bottom - top;
  if (cap < 4) return null;
  const centre = a + (top + bottom) / 2;
  const columns = columnsOf(ink, width, height, centre, b, cap);
  const span = extent(columns, cap);
  return span && { a: centre, b, cap, pitch: pitchOf(columns, cap * RATIO), from: span[0], to: span[1] };
}

// The ink above and below each place of the line.
function columnsOf(ink, width, height, a, b, cap) {
  const columns = new Float32Array(width);
  for (let x = 0; x < width; x += 1) {
    const [top, bottom] = [-0.45, 0.45].map((part) => Math.round(a + b * x + part * cap));
    for (let y = Math.max(top, 0); y <= Math.min(bottom, height - 1); y += 1) columns[x] += ink[y * width + x];
  }
  return columns;
}

// From where to where there is ink without a wide gap.
function extent(columns, cap) {
  const half = Math.max(2, Math.round(cap * 0.6));
  const smooth = columns.map((_value, x) => columns.subarray(Math.max(x - half, 0), x + half + 1).reduce((sum, value) => sum + value, 0));
  const level = [...smooth].sort((p, q) => p - q)[Math.floor(columns.length * 0.6)] * 0.3;
  let best = null;
  for (let x = 0, start = -1, last = -1; x <= columns.length; x += 1) {
    if (x < columns.length && smooth[x] > level) {
      if (start < 0) start = x;
      last = x;
    } else if (start >= 0 && (x === columns.length || x - last > cap * 2.5)) {
      if (!best || last - start > best[1] - best[0]) best = [start, last];
      start = -1;
    }
  }
  return best;
}

// The distance at which the ink repeats itself best, near the one that the height of capitals tells.
function pitchOf(columns, about) {
  const mean = columns.reduce((sum, value) => sum + value, 0) / columns.length;
  const most = mean * 3;
  const even = columns.map((value) => Math.min(value, most) - mean);
  const alike = (lag) => {
    const [whole, part] = [Math.floor(lag), lag % 1];
    let sum = 0;
    for (let x = 0; x + whole + 1 < even.length; x += 1) sum += even[x] * (even[x + whole] * (1 - part) + even[x + whole + 1] * part);
    return sum;
  };
  let [best, score] = [about, -Infinity];
  for (let lag = about * 0.78; lag <= about * 1.3; lag += about / 120) {
    const value = alike(lag) + 0.8 * alike(2 * lag) + 0.6 * alike(3 * lag);
    if (value > score) [best, score] = [lag, value];
  }
  return best;
}

// The pixels of a line, straight: HIGH rows, PITCH columns a character.
export function straightened(grey, width, height, line, { down = 0, zoom = 1 } = {}) {
  const across = line.pitch / PITCH;
  const long = Math.round((line.to - line.from) / across);
  const strip = new Float32Array(HIGH * long);
  const tall = (line.cap / CAP) * zoom;
  // Four samples a pixel; down the page is at a right angle to the line.
  for (let v = 0; v < 2 * HIGH; v += 1) {
    const off = (v / 2 + 0.25 - HIGH / 2 + down) * tall;
    const row = (v >> 1) * long;
    for (let u = 0; u < 2 * long; u += 1) {
      const along = line.from + (u / 2 + 0.25) * across;
      const x = Math.min(Math.max(along - off * line.b - 0.5, 0), width - 1.001);
      const y = Math.min(Math.max(line.a + line.b * along + off - 0.5, 0), height - 1.001);
      const x0 = x | 0;
      const y0 = y | 0;
      const fx = x - x0;
      const at = y0 * width + x0;
      const upper = grey[at] + (grey[at + 1] - grey[at]) * fx;
      const lower = grey[at + width] + (grey[at + width + 1] - grey[at + width]) * fx;
      strip[row + (u >> 1)] += (upper + (lower - upper) * (y - y0)) / 4;
    }
  }
  return { strip: evened(strip, long), long, depths: depthsOf(strip, long) };
}

// How far apart the darkest and the lightest of each column are.
function depthsOf(strip, long) {
  return Float32Array.from({ length: long }, (_, u) => {
    let [least, most] = [255, 0];
    for (let at = u; at < strip.length; at += long) [least, most] = [Math.min(least, strip[at]), Math.max(most, strip[at])];
    return most - least;
  });
}

// Characters that glare has washed out are less sure than the network takes them for.
function dimmed({ cells, at, ...rest }, depths) {
  const deep = at.map((column) => Math.max(...depths.subarray(column + WIDE / 2 - 5, column + WIDE / 2 + 5)));
  const usual = [...deep].sort((a, b) => a - b)[deep.length >> 1] * WASHED;
  return { ...rest, at, cells: cells.map((cell, nth) => (deep[nth] < usual ? cell.map((log) => (log * deep[nth]) / usual) : cell)) };
}

// Every column less the mean around it, in measures of the contrast around it.
function evened(strip, long) {
  const reach = 20;
  const [ones, twos] = [new Float64Array(long + 1), new Float64Array(long + 1)];
  for (let u = 0; u < long; u += 1) {
    let [one, two] = [0, 0];
    for (let v = 0; v < HIGH; v += 1) {
      const value = strip[v * long + u];
      one += value;
      two += value * value;
    }
    ones[u + 1] = ones[u] + one;
    twos[u + 1] = twos[u] + two;
  }
  const output = new Float32Array(strip.length);
  for (let u = 0; u < long; u += 1) {
    const [left, right] = [Math.max(u - reach, 0), Math.min(u + reach + 1, long)];
    const count = (right - left) * HIGH;
    const mean = (ones[right] - ones[left]) / count;
    const spread = Math.sqrt(Math.max((twos[right] - twos[left]) / count - mean * mean, 0)) + 3;
    for (let v = 0; v < HIGH; v += 1) output[v * long + u] = Math.min(Math.max((strip[v * long + u] - mean) / spread, -3), 3);
  }
  return output;
}

// The likeliest places of `count` characters along a line that was looked at in every `step`-th column; `isPart`
// where more may stand beside them: { score, at, cells }, cells of log-probabilities.
export function placed(look, count, step, isPart = false) {
  const { columns } = look;
  const best = new Float32Array(columns);
  const empty = new Float32Array(columns);
  const near = (at) => Math.min(Math.round(at / step) * step, columns - 1 - ((columns - 1) % step));
  for (let at = 0; at < columns; at += 1) {
    const found = look.at(near(at));
    let most = -8;
    for (let sign = 0; sign < CLASSES - 1; sign += 1) if (found[sign] > most) most = found[sign];
    best[at] = most;
    empty[at] = found[CLASSES - 1];
  }
  // Whether no character stands about there: between two characters there is none, either.
  const none = (at) => {
    if (isPart) return 0;
    let least = 0;
    for (let close = Math.max(at - 4, 0); close <= Math.min(at + 4, columns - 1); close += 1) least = Math.min(least, empty[close]);
    return Math.max(least, -12);
  };
  let scores = best.map((value, at) => value + none(at - PITCH));
  const back = [];
  for (let cell = 1; cell < count; cell += 1) {
    const next = new Float32Array(columns).fill(-1e9);
    const from = new Int16Array(columns);
    for (let at = PITCH - 3; at < columns; at += 1) {
      for (let step = PITCH - 3; step <= PITCH + 3 && step <= at; step += 1) {
        const score = scores[at - step] + best[at] - 0.08 * (step - PITCH) ** 2;
        if (score > next[at]) [next[at], from[at]] = [score, at - step];
      }
    }
    back.push(from);
    scores = next;
  }
  let [end, most] = [0, -Infinity];
  scores.forEach((score, at) => { if (score + none(at + PITCH) > most) [most, end] = [score + none(at + PITCH), at]; });
  const at = [end];
  for (const from of back.reverse()) at.push(from[at.at(-1)]);
  at.reverse();
  const places = at.map(near);
  return { score: most / count, at: places, cells: places.map((column) => look.at(column).subarray(0, CLASSES - 1)) };
}

// Where lines run in a picture, the lowest first; each with room at both ends, since others tell where they end.
export function traces(grey, width, height) {
  if (width > FINE) return larger(traces(...halved(grey, width, height)));
  const ink = inked(grey, width, height);
  const slope = slopeOf(ink, width, height);
  const bands = bandsOf(profile(ink, width, height, slope), height).slice(0, 7);
  const lines = bands.map((band) => traced(ink, width, height, slope, band)).filter(Boolean);
  const [from, to] = [Math.min(...lines.map((line) => line.from)), Math.max(...lines.map((line) => line.to))];
  return lines.map((line) => {
    const room = AROUND * line.pitch;
    return { ...line, from: Math.max(from - room, 0), to: Math.min(to + room, width) };
  });
}

function halved(grey, width, height) {
  const [w, h] = [width >> 1, height >> 1];
  const small = new Float32Array(w * h);
  for (let y = 0, at = 0; y < h; y += 1) {
    for (let x = 0, from = 2 * y * width; x < w; x += 1, from += 2, at += 1) {
      small[at] = (grey[from] + grey[from + 1] + grey[from + width] + grey[from + width + 1]) / 4;
    }
  }
  return [small, w, h];
}

const larger = (lines) => lines.map(({ a, b, ...sizes }) => ({
  a: 2 * a + 0.5, b, ...Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, 2 * size])),
}));

// Every line that may be of a zone, the lowest first: { line, count, score, cells }.
export function linesOf(grey, width, height) {
  const tried = traces(grey, width, height).map((line) => glanced(grey, width, height, line));
  const hopeful = tried.filter((each) => each && each.score > HOPELESS);
  const least = hopeful.map((each) => each.score).sort((a, b) => b - a)[MOST - 1] ?? -Infinity;
  return hopeful.filter((each) => each.score >= least).flatMap((each) => read(grey, width, height, each));
}

// How well the network likes the middle of a line at a quarter of its columns.
function glanced(grey, width, height, line) {
  const room = (line.to - line.from) / line.pitch;
  const counts = COUNTS.filter((count) => count < room + 1 && count > room * 0.4);
  if (!counts.length) return null;
  const middle = (line.from + line.to) / 2;
  const part = { ...line, from: middle - GLANCED * 0.6 * line.pitch, to: middle + GLANCED * 0.6 * line.pitch };
  let best = null;
  for (const how of [{}, { down: -1.5 }, { down: 1.5 }, { zoom: 0.9 }, { zoom: 1.12 }]) {
    const { strip, long } = straightened(grey, width, height, part, how);
    const { score } = placed(looked(strip, long), GLANCED, 4, true);
    if (!best || score > best.score) best = { line, counts, how, score };
    if (best.score > CLEAR || best.score < HOPELESS) break;
  }
  return best;
}

function read(grey, width, height, { line, counts, how }) {
  const { strip, long, depths } = straightened(grey, width, height, line, how);
  const look = looked(strip, long);
  const others = [-1, 1].map((down) => {
    const other = straightened(grey, width, height, line, { ...how, down: (how.down ?? 0) + down });
    return looked(other.strip, other.long);
  });
  const all = counts.map((count) => {
    const found = placed(look, count, 2);
    // The line may run a little higher or lower than it was found: what holds in all three ways is sure.
    const cells = found.cells.map((cell, nth) => {
      const [upper, lower] = others.map((other) => other.at(found.at[nth]));
      return cell.map((log, sign) => (log + upper[sign] + lower[sign]) / 3);
    });
    return { line, count, ...dimmed({ ...found, cells }, depths) };
  });
  const most = Math.max(...all.map((each) => each.score));
  return all.filter((each) => each.score > most - 0.7);
}
