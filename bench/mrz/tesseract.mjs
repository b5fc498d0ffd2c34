// Reads pictures with tesseract.js: node tesseract.mjs FOLDER FILE…; a line of JSON each. FOLDER has node_modules with
// tesseract.js and @tesseract.js-data/eng (npm install both). Nothing is fetched from anywhere.
import { createRequire } from "node:module";
import path from "node:path";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(path.join(folder, "index.js"));
const { createWorker, PSM } = require("tesseract.js");
const langPath = path.join(folder, "node_modules/@tesseract.js-data/eng/4.0.0_best_int");
const worker = await createWorker("eng", 1, { langPath, cacheMethod: "none", gzip: true });
await worker.setParameters({
  tessedit_char_whitelist: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<",
  tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
});
for (const file of files) {
  const start = performance.now();
  const { data } = await worker.recognize(file);
  console.log(JSON.stringify({ text: data.text, ms: performance.now() - start }));
}
await worker.terminate();
