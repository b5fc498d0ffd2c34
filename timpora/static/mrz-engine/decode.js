// The likeliest zone that satisfies every check digit, and the characters whose runner-up would satisfy them, too.
// A place has log-probabilities of SIGNS; a field is read as a whole, the remainders of its check digits kept apart.
import { ALPHABET, AS_DIGIT, AS_LETTER, FILLER, FORMATS, KIND, groups, range } from "../js/mrz-layout.js";
import { SIGNS } from "./net.js";

const FEW = 6; // characters of a place that are thought of
const UNSURE = 6; // a mark where a runner-up is likelier than one in e^6: rather a question too many
const WEIGHTS = [7, 3, 1];
const valueOf = (sign) => Math.max(ALPHABET.indexOf(sign), 0);
const DIGITS = "0123456789";

function allowed(form, field, nth) {
  if (field === "sex") return "MF<";
  if (field === "document_code" && nth === 0) return form.name.startsWith("MRV") ? "V" : form.name === "TD3" ? "P" : "IAC";
  if (KIND[field] === AS_LETTER) return ALPHABET.slice(10) + FILLER;
  if (field === "date_of_birth") return (["", "", "01<", "", "0123<"][nth] || DIGITS + FILLER);
  if (field === "date_of_expiry") return (["", "", "01", "", "0123"][nth] || DIGITS);
  return SIGNS;
}

// The likeliest characters of one place among `signs`, as [sign, log-probability] of all that may stand there.
function options(cell, signs) {
  const all = [...signs].map((sign) => [sign, cell[SIGNS.indexOf(sign)]]);
  const total = Math.log(all.reduce((sum, [, log]) => sum + Math.exp(log), 0) + 1e-9);
  return all.map(([sign, log]) => [sign, log - total, log]).sort((a, b) => b[1] - a[1]).slice(0, FEW);
}

const logOf = (choices, sign) => choices.find((each) => each[0] === sign)[1];

// A part is a list of places read together; its remainders: of its own digit, and of the one over all.
// Returns per remainder over all the best score and its characters; `fixed` names a character that must stand.
function solved(part, fixed) {
  let states = new Map([[0, { score: 0, signs: "" }]]);
  for (const { place, choices, own, over, isNumber } of part) {
    const next = new Map();
    for (const [key, { score, signs }] of states) {
      for (const [sign, log] of choices) {
        if (fixed && fixed.place === place && fixed.sign !== sign) continue;
        // In a number nothing follows a filler.
        if (isNumber && sign !== FILLER && signs.endsWith(FILLER)) continue;
        const value = valueOf(sign);
        const [one, two] = [Math.floor((key % 100) / 10), key % 10];
        const to = ((one + own * value) % 10) * 10 + ((two + over * value) % 10);
        // Within one remainder a number that ended is another state than one that goes on.
        const state = isNumber && sign === FILLER ? to + 100 : to;
        const kept = next.get(state);
        if (!kept || score + log > kept.score) next.set(state, { score: score + log, signs: signs + sign });
      }
    }
    states = next;
  }
  const result = new Array(10).fill(null);
  for (const [state, each] of states) {
    const key = state % 100;
    if (Math.floor(key / 10) === 0 && (!result[key % 10] || each.score > result[key % 10].score)) result[key % 10] = each;
  }
  return result;
}

// --- the parts of a zone ------------------------------------------------------------------------------------

function partsOf(form, cells) {
  const at = {};
  for (const [field, [start, end]] of Object.entries(form.spans)) range(start, end).forEach((place, nth) => { at[place] = [field, nth]; });
  const likely = cells.map((cell) => SIGNS[cell.indexOf(Math.max(...cell))]).join("");
  const over = new Map();
  form.covered.flatMap((span) => range(...span)).forEach((place, nth) => over.set(place, form.composite === null ? 0 : WEIGHTS[nth % 3]));
  const item = (place, own, signs, isNumber = false) => ({ place, own, over: over.get(place) ?? 0, isNumber, choices: options(cells[place], signs) });
  const parts = [];
  const used = new Set();
  for (const { field, places, digit, mayBeFiller } of groups(form, likely)) {
    const isNumber = field === "document_number";
    const own = places.map((place, nth) => item(place, WEIGHTS[nth % 3], allowed(form, ...at[place]), isNumber));
    const last = item(digit, 9, mayBeFiller || field === "optional_data" ? DIGITS + FILLER : DIGITS);
    parts.push([...own, last]);
    for (const place of [...places, digit]) used.add(place);
  }
  const free = [...over.keys()].filter((place) => !used.has(place));
  if (free.length) parts.push(free.map((place) => item(place, 0, at[place] ? allowed(form, ...at[place]) : SIGNS)));
  for (const place of free) used.add(place);
  if (form.composite !== null) {
    parts.push([{ place: form.composite, own: 0, over: 9, choices: options(cells[form.composite], DIGITS) }]);
    used.add(form.composite);
  }
  const single = Object.keys(at).map(Number).filter((place) => !used.has(place) && ["sex", "document_code", "optional_data"].includes(at[place][0]));
  return { parts, single, at };
}

// Combines parts so that the remainder over all is none: the best total, and each part's share of it.
function joined(tables) {
  let states = [{ score: 0, shares: [] }, ...new Array(9).fill(null)];
  for (const table of tables) {
    const next = new Array(10).fill(null);
    states.forEach((state, one) => state && table.forEach((each, two) => {
      if (!each) return;
      const to = (one + two) % 10;
      const score = state.score + each.score;
      if (!next[to] || score > next[to].score) next[to] = { score, shares: [...state.shares, each.signs] };
    }));
    states = next;
  }
  return states;
}

// --- names and states ---------------------------------------------------------------------------------------

// Names end in fillers to the line's end, have one double filler at most and none of three before that.
function namesOf(places, choices, fixed) {
  let states = new Map([["0,0", { score: 0, signs: "" }]]); // fillers in a row, double fillers so far; "end" for the rest
  for (const place of places) {
    const next = new Map();
    const keep = (key, score, signs) => { if (!next.has(key) || score > next.get(key).score) next.set(key, { score, signs }); };
    for (const [key, { score, signs }] of states) {
      for (const [sign, log] of choices.get(place)) {
        if (fixed && fixed.place === place && fixed.sign !== sign) continue;
        const total = score + log;
        if (key === "end") { if (sign === FILLER) keep("end", total, signs + sign); continue; }
        const [run, doubles] = key.split(",").map(Number);
        if (sign !== FILLER) { keep(`0,${doubles}`, total, signs + sign); continue; }
        if (!signs) continue;
        keep("end", total - 1, signs + sign);
        if (run === 0) keep(`1,${doubles}`, total, signs + sign);
        if (run === 1 && doubles === 0) keep("2,1", total, signs + sign);
      }
    }
    states = next;
  }
  let best = null;
  for (const [key, each] of states) if ((key === "end" || key.startsWith("0")) && (!best || each.score > best.score)) best = each;
  return best;
}

// The states that are likeliest, [code, score] in order.
function stateOf(cells, [start], states) {
  const all = states.map((code) => [code, range(0, 3).reduce((sum, at) => sum + cells[start + at][SIGNS.indexOf(code[at])], 0)]);
  return all.sort((a, b) => b[1] - a[1]).slice(0, 5);
}

// The likeliest zone of this format in the cells of its lines: { text, score, marks: [place, others], doubt }.
export function decoded(form, cells, states) {
  const codes = [...states, "D<<"];
  const { parts, single, at } = partsOf(form, cells);
  const tables = parts.map((part) => solved(part));
  const best = joined(tables)[0];
  if (!best) return null;
  const signs = new Array(form.rows * form.width).fill(FILLER);
  const marks = [];
  let score = best.score;
  const mark = (place, others) => { if (others.length) marks.push([place, others]); };

  const cost = (choices, sign) => choices[0][1] - logOf(choices, sign);
  const spare = parts.reduce((sum, part, nth) => sum + part.reduce((more, each, item) => more + cost(each.choices, best.shares[nth][item]), 0), 0);
  parts.forEach((part, nth) => {
    part.forEach(({ place }, item) => { signs[place] = best.shares[nth][item]; });
    const others = joined([...tables.slice(0, nth), ...tables.slice(nth + 1)]);
    part.forEach(({ place, choices }, item) => {
      const rivals = [];
      const taken = logOf(choices, best.shares[nth][item]);
      for (const [sign, log] of choices) {
        // No other characters could make up for more than what the rules cost.
        if (sign === best.shares[nth][item] || taken - log > UNSURE + spare) continue;
        const table = solved(part, { place, sign });
        const total = Math.max(...table.map((each, rest) => (each && others[(10 - rest) % 10] ? each.score + others[(10 - rest) % 10].score : -Infinity)));
        if (best.score - total < UNSURE) rivals.push(sign);
      }
      mark(place, rivals);
    });
  });
  for (const place of single) {
    const found = options(cells[place], allowed(form, ...at[place]));
    signs[place] = found[0][0];
    score += found[0][1];
    mark(place, found.slice(1).filter(([, log]) => found[0][1] - log < UNSURE).map(([sign]) => sign));
  }
  for (const field of ["issuing_state", "nationality"]) {
    const found = stateOf(cells, form.spans[field], codes);
    score += found[0][1];
    const start = form.spans[field][0];
    for (const nth of range(0, 3)) {
      signs[start + nth] = found[0][0][nth];
      const rivals = found.slice(1).filter(([code, log]) => found[0][1] - log < UNSURE && code[nth] !== found[0][0][nth]);
      mark(start + nth, [...new Set(rivals.map(([code]) => code[nth]))]);
    }
  }
  const places = range(...form.spans.names);
  const choices = new Map(places.map((place) => [place, options(cells[place], ALPHABET.slice(10) + FILLER)]));
  const names = namesOf(places, choices);
  if (!names) return null;
  score += names.score;
  const more = places.reduce((sum, place, nth) => sum + cost(choices.get(place), names.signs[nth]), 0) + 1;
  places.forEach((place, nth) => {
    signs[place] = names.signs[nth];
    const taken = logOf(choices.get(place), names.signs[nth]);
    const rivals = choices.get(place).filter(([sign, log]) => {
      if (sign === names.signs[nth] || taken - log > UNSURE + more) return false;
      const other = namesOf(places, choices, { place, sign });
      return other && names.score - other.score < UNSURE;
    });
    mark(place, rivals.map(([sign]) => sign));
  });
  // How much likelier the pixels make another text than the one that the rules allow.
  const free = cells.reduce((sum, cell) => sum + Math.max(...cell), 0);
  const bound = signs.reduce((sum, sign, place) => sum + cells[place][SIGNS.indexOf(sign)], 0);
  return { form, text: signs.join(""), score, marks: marks.sort((a, b) => a[0] - b[0]), doubt: free - bound, mean: bound / signs.length };
}

// The best zone among the lines of a picture, the lowest first; null when there is none.
export function best(lines, states) {
  const first = (cell) => SIGNS[cell.indexOf(Math.max(...cell))];
  const tried = FORMATS.flatMap((form) => {
    const fitting = lines.filter((line) => line.count === form.width);
    return range(0, fitting.length - form.rows + 1).map((at) => {
      const rows = fitting.slice(at, at + form.rows).reverse();
      const begins = allowed(form, "document_code", 0).includes(first(rows[0].cells[0])) ? 0 : -0.5;
      return { form, rows, score: begins + rows.reduce((sum, row) => sum + row.score, 0) / rows.length };
    });
  });
  tried.sort((a, b) => b.score - a.score);
  let found = null;
  for (const { form, rows, score } of tried.slice(0, 2)) {
    const each = decoded(form, rows.flatMap((row) => row.cells), states);
    const worth = each && score + each.mean - each.doubt / 20;
    if (each && (!found || worth > found.worth)) found = { ...each, rows, worth };
  }
  return found;
}
