// Sorts a table that is whole on the page; without it the header's link asks the server for the same order.
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;

function value(row, column) {
  const cell = row.cells[column];
  const text = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  const digits = document.documentElement.lang === "en" ? text.replaceAll(",", "") : text.replaceAll(".", "");
  if (text === "–" || text === "") return -1;
  return cell.classList.contains("n") && /^-?[\d,]+$/.test(digits) ? Number(digits.replace(",", ".")) : text;
}

function order(body, column, down) {
  const rows = [...body.rows];
  const first = rows.filter((row) => !("last" in row.dataset));
  first.sort((a, b) => {
    const [one, other] = [value(a, column), value(b, column)];
    const by = typeof one === "number" && typeof other === "number" ? one - other : compare(`${one}`, `${other}`);
    return down ? -by : by;
  });
  body.append(...first, ...rows.filter((row) => "last" in row.dataset));
}

export function start(table) {
  table.tHead?.addEventListener("click", (event) => {
    const link = event.target.closest("th a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const header = link.closest("th");
    const was = header.getAttribute("aria-sort");
    const down = was ? was === "ascending" : header.classList.contains("n");
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    for (const body of table.tBodies) order(body, header.cellIndex, down);
  });
}
