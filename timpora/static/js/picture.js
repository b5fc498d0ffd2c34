// A picture as it comes from a camera or a folder: refused by its first bytes, or made small on the device.
export const HEAVIEST = 20; // megabytes; timpora/reports/developing.py refuses the same
const KINDS = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x52, 0x49, 0x46, 0x46]]; // JPEG, PNG, WebP
const EDGES = [1280, 1024, 800, 640]; // points of the longer side
const QUALITIES = [0.8, 0.7, 0.6, 0.5, 0.4];
const AIM = 150 * 1024; // bytes

// "" for a photo, else the name of the sentence that refuses the file, whatever it is called.
export async function refusal(file) {
  if (file.size > HEAVIEST * 2 ** 20) return "too_large";
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  if (KINDS.some((kind) => kind.every((byte, at) => head[at] === byte))) return "";
  const brand = String.fromCharCode(...head.slice(4, 12));
  return /^ftyp(hei|hev|mif|msf|avif)/.test(brand) ? "heic" : "no_picture";
}

// { blob, canvas }: a small JPEG of the points alone, the right way up; raises where the file can't be opened.
export async function shrunk(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (const edge of EDGES) {
      const canvas = painted(bitmap, edge);
      for (const quality of QUALITIES) {
        const blob = await jpeg(canvas, quality);
        if (blob.size <= AIM || (edge === EDGES.at(-1) && quality === QUALITIES.at(-1))) return { blob, canvas };
      }
    }
  } finally {
    bitmap.close();
  }
  return null;
}

function painted(bitmap, edge) {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = globalThis.OffscreenCanvas ? new OffscreenCanvas(width, height) : Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // behind what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

const jpeg = (canvas, quality) => canvas.convertToBlob
  ? canvas.convertToBlob({ type: "image/jpeg", quality })
  : new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
