// The table of submissions: its columns, its rows, and sorting.

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Columns: the title, the sort key, the class, and the content of a cell. */
const columns = [
  { title: "Submission", key: (one) => one.label, show: nameCell },
  ...(data.ids ? [{ title: "ID", key: (one) => one.id, kind: "wide", show: (one) => [one.id] }] : []),
  { title: "Total", key: (one) => one.total ?? -1, kind: "n", show: totalCell },
  ...questions.map((question) => ({
    title: question.name,
    key: (one) => one.earned[question.index] ?? -1,
    kind: "n wide",
    show: (one) => [points(one.earned[question.index])],
  })),
  { title: "Not passed", key: (one) => one.missed, kind: "missed", show: missedCell },
  { title: "Seconds", key: (one) => one.seconds, kind: "n wide", show: (one) => [one.seconds.toFixed(1)] },
];

const sorting = { column: 0, down: false };
const body = document.querySelector("#table tbody");
const headings = columns.map((column, index) => {
  const button = make("button", { type: "button" }, column.title);
  button.addEventListener("click", () => sortBy(index, sorting.column === index && !sorting.down));
  return make("th", { scope: "col", class: column.kind, "data-title": column.title }, button);
});

function nameCell(one) {
  const button = make("button", { type: "button", class: "open", "aria-expanded": "false" }, one.label || "(no name)");
  const file = one.file ? make("small", {}, one.file) : null;
  const changed = one.changes.length ? make("span", { class: "tag" }, "changed by hand") : null;
  return [button, file, one.status ? make("span", { class: "tag bad" }, "not graded") : null, changed];
}

function totalCell(one) {
  if (one.status) return [points(one.total)];
  const share = possible ? Math.max(0, Math.min(100, (100 * one.total) / possible)) : 0;
  const bar = draw("svg", { class: "gauge", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" });
  bar.append(draw("rect", { class: "back", width: 100, height: 1 }), draw("rect", { class: "bar", width: share, height: 1 }));
  return [points(one.total), bar];
}

function missedCell(one) {
  if (one.status) return ["—"];
  const counts = data.outcomes.map(() => 0);
  for (const outcome of one.outcomes) counts[outcome] += 1;
  const marks = counts.map((count, index) =>
    index && count ? make("span", { class: `mark o${index}` }, `${count} ${data.outcomes[index]}`) : "",
  );
  return marks.some(Boolean) ? marks : [make("span", { class: "faint" }, "none")];
}

/** The row of a submission. It is built once, and kept with its details. */
function rowOf(one) {
  if (!one.row) {
    one.row = make("tr", { "data-index": one.index });
    columns.forEach((column, index) => {
      const cell = make(index ? "td" : "th", index ? { class: column.kind } : { scope: "row" }, column.show(one));
      one.row.append(cell);
    });
  }
  return one.row;
}

/** Open or close the details below a row. */
function toggle(one) {
  const button = one.row.querySelector(".open");
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", open);
  if (open) {
    one.detail = make("tr", { class: "opened", id: `opened-${one.index}` });
    one.detail.append(make("td", { colspan: columns.length }, detailOf(one)));
    button.setAttribute("aria-controls", one.detail.id);
    one.row.after(one.detail);
  } else {
    one.detail.remove();
    one.detail = null;
    button.removeAttribute("aria-controls");
  }
}

/** How many rows are added at once. The others follow when these are on the screen. */
const AT_ONCE = 50;
const SOON = 30; // milliseconds
let waiting = { timer: 0, add: () => {} };

/** Add the remaining rows to the table. */
function complete() {
  clearTimeout(waiting.timer);
  waiting.add();
  waiting.add = () => {};
}

/** Put these submissions, sorted, into the table. */
function fill(some) {
  const { key } = columns[sorting.column];
  const compare = (one, other) => {
    const [a, b] = [key(one), key(other)];
    return typeof a === "string" ? collator.compare(a, b) : a - b;
  };
  const sign = sorting.down ? -1 : 1;
  const sorted = [...some].sort((one, other) => sign * compare(one, other) || one.index - other.index);
  const rows = (from, to) => sorted.slice(from, to).flatMap((one) => [rowOf(one), one.detail].filter(Boolean));
  clearTimeout(waiting.timer);
  body.replaceChildren(...rows(0, AT_ONCE));
  waiting = { timer: setTimeout(complete, SOON), add: () => body.append(...rows(AT_ONCE)) };
}

function sortBy(column, down) {
  Object.assign(sorting, { column, down });
  headings.forEach((heading, index) => {
    if (index === column) heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    else heading.removeAttribute("aria-sort");
  });
  find("sort").value = `${column}${down ? " down" : ""}`;
  update();
}

function buildTable() {
  document.querySelector("#table thead").append(make("tr", {}, headings));
  columns.forEach((column, index) => {
    const [up, down] = typeof column.key(submissions[0]) === "string" ? ["A to Z", "Z to A"] : ["lowest first", "highest first"];
    find("sort").append(make("option", { value: index }, `${column.title}, ${up}`));
    find("sort").append(make("option", { value: `${index} down` }, `${column.title}, ${down}`));
  });
  find("sort").addEventListener("change", (event) => {
    const [column, down] = event.target.value.split(" ");
    sortBy(Number(column), Boolean(down));
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-index]");
    if (row && getSelection().isCollapsed) toggle(submissions[row.dataset.index]);
  });
}
