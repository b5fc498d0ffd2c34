// A picture as a browser gives it, in shades of grey; or why there is none.
import { LARGEST } from "./engine.js";

export const HEAVIEST = 20; // megabytes
const KINDS = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x52, 0x49, 0x46, 0x46]]; // JPEG, PNG, WebP

// "" for a photo, else the name of the sentence that refuses the file: by its first bytes, whatever it is called.
export async function refusal(file) {
  if (file.size > HEAVIEST * 2 ** 20) return "too_large";
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  if (KINDS.some((kind) => kind.every((byte, at) => head[at] === byte))) return "";
  const brand = String.fromCharCode(...head.slice(4, 12));
  return /^ftyp(hei|hev|mif|msf|avif)/.test(brand) ? "heic" : "no_picture";
}

// { bitmap, grey, width, height }; raises what createImageBitmap does where the file can't be opened.
export async function greyOf(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2];
  return { bitmap, grey, width, height };
}
