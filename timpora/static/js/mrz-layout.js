// The formats of the machine-readable zone, as registry/mrz/layout.py has them. Source: ICAO Doc 9303 parts 3 to 7.
export const FILLER = "<";
export const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const AS_DIGIT = { O: "0", Q: "0", D: "0", I: "1", L: "1", Z: "2", S: "5", G: "6", B: "8" };
export const AS_LETTER = { 0: "O", 1: "I", 2: "Z", 5: "S", 6: "G", 8: "B" };
export const ALIKE = { 0: "O", O: "0", 1: "I", I: "1", 2: "Z", Z: "2", 5: "S", S: "5", 8: "B", B: "8" };
// What may stand at the places of a field: letters, digits, or either.
export const KIND = {
  document_code: AS_LETTER, issuing_state: AS_LETTER, nationality: AS_LETTER, names: AS_LETTER,
  date_of_birth: AS_DIGIT, date_of_expiry: AS_DIGIT,
  document_number: ALIKE, optional_data: ALIKE, optional_data_2: ALIKE,
};

export const range = (start, end) => Array.from({ length: Math.max(end - start, 0) }, (_, at) => start + at);

// Every place of every field: the field, the place, and which of the field's it is.
export function* placesOf({ spans }) {
  for (const [field, span] of Object.entries(spans)) for (const place of range(...span)) yield [field, place, place - span[0]];
}

export function checkDigit(signs) {
  let sum = 0;
  [...signs].forEach((sign, at) => { sum += Math.max(ALPHABET.indexOf(sign), 0) * [7, 3, 1][at % 3]; });
  return `${sum % 10}`;
}

// Where each format has its fields; places count through all lines.
function twoLines(name, width, optional, isVisa = false) {
  const last = 2 * width - 1;
  const at = (from, to) => [width + from, width + to];
  const spans = {
    document_code: [0, 2], issuing_state: [2, 5], names: [5, width], document_number: at(0, 9),
    nationality: at(10, 13), date_of_birth: at(13, 19), sex: at(20, 21), date_of_expiry: at(21, 27),
    optional_data: at(28, 28 + optional),
  };
  const checks = { document_number: width + 9, date_of_birth: width + 19, date_of_expiry: width + 27 };
  if (name === "TD3") checks.optional_data = last - 1;
  const covered = [at(0, 10), at(13, 20), [width + 21, last]];
  return { name, rows: 2, width, spans, checks, composite: isVisa ? null : last, covered };
}

export const FORMATS = [
  twoLines("TD3", 44, 14),
  twoLines("MRV-A", 44, 16, true),
  {
    name: "TD1", rows: 3, width: 30,
    spans: {
      document_code: [0, 2], issuing_state: [2, 5], document_number: [5, 14], optional_data: [15, 30],
      date_of_birth: [30, 36], sex: [37, 38], date_of_expiry: [38, 44], nationality: [45, 48],
      optional_data_2: [48, 59], names: [60, 90],
    },
    checks: { document_number: 14, date_of_birth: 36, date_of_expiry: 44 },
    composite: 59, covered: [[5, 30], [30, 37], [38, 45], [48, 59]],
  },
  twoLines("TD2", 36, 7),
  twoLines("MRV-B", 36, 8, true),
];

// The fields with their check digits; a long number with all its parts.
export function groups(form, signs) {
  return Object.entries(form.checks).map(([field, check]) => {
    let [places, digit] = [range(...form.spans[field]), check];
    if (field === "document_number" && ["TD1", "TD2"].includes(form.name) && signs[digit] === FILLER) {
      const [start, end] = form.spans.optional_data;
      const rest = signs.slice(start, end).split(FILLER)[0];
      places = [...places, ...range(start, start + rest.length - 1)];
      digit = rest.length > 1 ? start + rest.length - 1 : digit;
    }
    const mayBeFiller = field === "optional_data" && places.every((place) => signs[place] === FILLER);
    return { field, places, digit, mayBeFiller };
  });
}
