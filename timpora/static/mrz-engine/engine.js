// Reads the zone in a picture, on the device: { text, marks, rows, sure, … } as decode.js has it, or null.
import { best } from "./decode.js";
import { linesOf } from "./lines.js";

export const LARGEST = 1600; // pixels of the longer side that are looked at
// Beyond these a picture is too bad to fill in anything: chosen by bench/mrz among pictures that are not measured.
const [DOUBT, MEAN, MARKS] = [6, -0.3, 8];

// grey: Float32Array of width × height, 0 black to 255 white; states: the codes that may stand there.
export function zoneIn(grey, width, height, states) {
  const found = best(linesOf(grey, width, height), states);
  if (!found) return null;
  return { ...found, sure: found.doubt < DOUBT && found.mean > MEAN && found.marks.length <= MARKS };
}
