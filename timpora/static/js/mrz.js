// Reads the machine-readable zone of a travel document on the device, with the answers of registry/mrz.
// Source: ICAO Doc 9303 parts 3 to 7. Why it does what it does stands there; a test holds both to one answer.
import { ALIKE, AS_DIGIT, AS_LETTER, FILLER, FORMATS, KIND, checkDigit, groups, placesOf, range } from "./mrz-layout.js";

const EQUAL = ["6G", "5F", "8I", "1B", "0AKU"];
const [LONGEST, LINES, MANY, KEPT, FAULTS] = [4000, 40, 8, 16, 1];

const isDigit = (sign) => sign >= "0" && sign <= "9";
const product = (lists) => lists.reduce((found, list) => found.flatMap((head) => list.map((one) => [...head, one])), [[]]);
const fewest = (found) => found.sort((a, b) => a.length - b.length);
const bare = (text) => text.replace(/<+$/, "");
const two = (number) => `${number}`.padStart(2, "0");

// Which characters of a text are a zone.
function linesOf(text) {
  const plain = [...text].slice(0, LONGEST).join("").replace(/[«≪]/g, "<<").replace(/[‹〈＜≤]/g, FILLER);
  const lines = plain.normalize("NFKC").toUpperCase().split(/[\r\n]+/).map((line) => line.replace(/[^A-Z0-9<]/g, ""));
  return lines.filter(Boolean).slice(0, LINES);
}

function fitted(line, form, row) {
  const { width, composite } = form;
  if (line.length === width) return line;
  if (composite === null || Math.floor(composite / width) !== row) {
    const short = bare(line);
    return short.length > 5 && short.length <= width ? short.padEnd(width, FILLER) : null;
  }
  const run = /^(.*[^<])<{2,}([^<]{1,2})$/.exec(line);
  const room = run ? width - run[1].length - run[2].length : 0;
  return room < 1 ? null : run[1] + FILLER.repeat(room) + run[2];
}

function beginsLike(form, found) {
  const first = [...found.slice(0, 5)].map((sign) => AS_LETTER[sign] ?? sign).join("");
  const kinds = form.name.startsWith("MRV") ? "V" : "ACIP";
  return kinds.includes(first[0]) && !/[0-9]/.test(first) && first[2] !== FILLER;
}

function* candidates(lines) {
  for (const form of FORMATS) {
    for (let at = 0; at + form.rows <= lines.length; at += 1) {
      const rows = lines.slice(at, at + form.rows);
      const made = rows.map((line, row) => fitted(line, form, row));
      const found = made.join("");
      if (!made.includes(null) && beginsLike(form, found)) yield [form, found, found === rows.join("")];
    }
    for (const line of [...lines, lines.join("")]) {
      if (line.length === form.rows * form.width && beginsLike(form, line)) yield [form, line, true];
    }
  }
}

// What the check digits prove; a reading is a list of [place, character].
function kindsOf(form, signs) {
  const kinds = {};
  for (const [field, place] of placesOf(form)) kinds[place] = KIND[field] ?? {};
  for (const { digit } of groups(form, signs)) kinds[digit] = AS_DIGIT;
  for (const digit of [...Object.values(form.checks), form.composite]) kinds[digit] = AS_DIGIT;
  return kinds;
}

function choices(kind, sign) {
  if (kind === ALIKE) return [sign, ...(kind[sign] ?? "")];
  if (kind === AS_DIGIT) return [...(isDigit(sign) || sign === FILLER ? sign : kind[sign] ?? "")];
  return [...(isDigit(sign) ? kind[sign] ?? "" : sign)];
}

function alternatives(kinds, signs, places) {
  let all = places.map((place) => choices(kinds[place], signs[place]).map((sign) => [place, sign]));
  if (all.filter((each) => each.length > 1).length > MANY) all = all.map((each) => each.slice(0, 1));
  const isChange = ([place, sign]) => sign !== signs[place];
  const found = product(all.filter((each) => each.length !== 1 || isChange(each[0])));
  return fewest(found.map((each) => each.filter(isChange)));
}

function holds(signs, changes, places, digit) {
  const read = new Map(changes);
  const at = (place) => read.get(place) ?? signs[place];
  return checkDigit(places.map(at)) === at(digit).replace(FILLER, "0");
}

function agreeing(kinds, signs, { places, digit, mayBeFiller }) {
  if (signs[digit] === FILLER && !mayBeFiller) return [];
  const found = alternatives(kinds, signs, [...places, digit]).filter((each) => holds(signs, each, places, digit));
  return found.slice(0, found.length && !found[0].length ? 1 : KEPT);
}

const joined = (options) => fewest(product(options).map((each) => each.flat()));

function settle(form, signs) {
  const kinds = kindsOf(form, signs);
  const all = groups(form, signs);
  const agreed = all.map((group) => agreeing(kinds, signs, group));
  const options = agreed.map((found) => (found.length ? found : [[]]));
  const faults = all.filter((_group, at) => !agreed[at].length).map((group) => group.field);
  if (form.composite === null || faults.length) return [joined(options), faults];
  const over = form.covered.flatMap((span) => range(...span));
  const checked = new Set(all.flatMap((group) => [...group.places, group.digit]));
  const free = over.filter((place) => !checked.has(place));
  const digits = alternatives(kinds, signs, [form.composite]);
  for (const more of [[[]], alternatives(kinds, signs, free).slice(0, KEPT * 4)]) {
    const found = joined([...options, more, digits]).filter((each) => holds(signs, each, over, form.composite));
    if (found.length) return [found, []];
  }
  return [joined(options), ["composite"]];
}

// Dates.
function dateParts(raw) {
  if (!/^(\d\d|<<){3}$/.test(raw)) return null;
  const [year, month, day] = raw.match(/../g).map((pair) => Number(pair.replaceAll(FILLER, "0")));
  if (raw.startsWith(FILLER)) return month || day ? null : [null, 0, 0];
  return [year, month, month ? day : 0];
}

function iso(year, month, day) {
  if (!month) return `${year}`;
  if (month > 12 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return `${year}-${two(month)}${day ? `-${two(day)}` : ""}`;
}

function birthOf(raw, today) {
  const parts = dateParts(raw);
  if (!parts || parts[0] === null) return parts && ["", ""];
  const [year, month, day] = parts;
  const hasCome = `${2000 + year}-${two(month || 1)}-${two(day || 1)}` <= today;
  const text = iso(year + (hasCome ? 2000 : 1900), month, day);
  return text && [text, hasCome ? "younger" : "only"];
}

function expiryOf(raw, today) {
  const parts = dateParts(raw);
  if (!parts || parts[0] === null) return parts && "";
  const year = 2000 + parts[0];
  return iso(year > Number(today.slice(0, 4)) + 49 ? year - 100 : year, parts[1], parts[2]);
}

// The whole.
function fieldsOf(form, read) {
  const fields = {};
  for (const [field, span] of Object.entries(form.spans)) fields[field] = bare(read.slice(...span));
  const number = groups(form, read)[0];
  if (number.places.length > 9) {
    fields.document_number = number.places.map((place) => read[place]).join("");
    fields.optional_data = bare(read.slice(number.digit + 1, form.spans.optional_data[1])).replace(/^<+/, "");
  }
  const [primary, ...secondary] = fields.names.split("<<");
  delete fields.names;
  const spaced = (name) => name.split(FILLER).filter(Boolean).join(" ");
  return { ...fields, primary_identifier: spaced(primary), secondary_identifier: spaced(secondary.join("<<")) };
}

function marks(form, written, read, readings) {
  const at = {};
  for (const [field, place, nth] of placesOf(form)) at[place] = [field, nth];
  for (const { field, places, digit } of groups(form, read)) {
    places.forEach((place, nth) => { at[place] = [field, nth]; });
    at[digit] = [`${field}_check`, 0];
  }
  if (form.composite !== null) at[form.composite] = ["composite", 0];
  const maps = readings.map((each) => new Map(each));
  const mark = (place, others, why) => ({ field: at[place][0], place: at[place][1], read: read[place], others, why });
  const [repaired, unclear] = [[], []];
  for (const place of range(0, read.length)) {
    const sign = maps[0].get(place);
    if (sign && maps.every((each) => each.get(place) === sign)) repaired.push(mark(place, written[place], "written"));
    const kind = KIND[at[place]?.[0]];
    if (kind !== ALIKE && kind !== AS_LETTER) continue;
    const others = new Set([written[place], ...maps.map((each) => each.get(place) ?? written[place])]);
    others.delete(read[place]);
    const group = kind === ALIKE && EQUAL.find((each) => each.includes(read[place]));
    const alike = group ? [...group.replace(read[place], "")] : [];
    if (!others.size && !alike.length) continue;
    unclear.push(mark(place, [...new Set([...others, ...alike])].sort().join(""), others.size ? "written" : "equal"));
  }
  return { repaired, unclear };
}

function readAs(form, written, today) {
  const [readings, faults] = settle(form, written);
  const signs = [...written];
  for (const [place, sign] of readings[0]) signs[place] = sign;
  for (const [field, place] of placesOf(form)) if (KIND[field] === AS_LETTER) signs[place] = AS_LETTER[signs[place]] ?? signs[place];
  const read = signs.join("");
  const fields = fieldsOf(form, read);
  const birth = birthOf(fields.date_of_birth.padEnd(6, FILLER), today);
  const expiry = expiryOf(fields.date_of_expiry.padEnd(6, FILLER), today);
  if (birth === null && !faults.includes("date_of_birth")) faults.push("date_of_birth");
  if (expiry === null && !faults.includes("date_of_expiry")) faults.push("date_of_expiry");
  if (!["M", "F", "X", ""].includes(fields.sex)) faults.push("sex");
  const lines = range(0, form.rows).map((row) => read.slice(row * form.width, (row + 1) * form.width));
  const truncated = read[form.spans.names[1] - 1] !== FILLER;
  const dates = { birth: birth?.[0] ?? "", century: birth?.[1] ?? "", expiry: expiry ?? "" };
  return { format: form.name, lines, fields, ...dates, truncated, ...marks(form, written, read, readings), faults };
}

// The zone in a text, or { unreadable, lengths }; `today` is an ISO date.
export function read(text, today) {
  const lines = linesOf(text);
  let best = null;
  for (const [form, signs, isExact] of candidates(lines)) {
    const found = readAs(form, signs, today);
    const rank = found.faults.length * 1e6 + (isExact ? 0 : 1e5) + found.repaired.length;
    if ((isExact || found.faults.length <= FAULTS) && (!best || rank < best.rank)) best = { rank, found };
  }
  if (best) return best.found;
  const lengths = lines.filter((line) => line.includes(FILLER) || line.length > 25).map((line) => line.length).slice(0, 3);
  return { unreadable: lines.length ? (lengths.length ? "length" : "other") : "empty", lengths };
}
