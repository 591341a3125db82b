// The details of a submission. They are built from its own part of the data when it is opened.

function detailOf(submission) {
  const source = find(`detail-${submission.index}`);
  if (!source) return make("p", {}, "The page is still loading, or was cut off. Close the submission and open it again.");
  const detail = JSON.parse(source.textContent);
  const seen = find(`seen-${submission.index}`).content;
  return make(
    "div",
    { class: "detail" },
    head(detail),
    make("div", { class: "columns" }, studentPart(seen), make("div", {}, drawingPart(detail), commandPart(detail))),
    casesPart(seen),
    staffPart(detail),
    printedPart(detail),
  );
}

const head = (detail) => (detail.student.length ? make("p", { class: "who" }, detail.student.join(" · ")) : null);
const block = (text) => make("pre", {}, text);
const part = (title, ...children) => make("section", {}, make("h4", {}, title), ...children);

/** What its student sees sooner or later; the page brings it along, as the preview of a submission shows it. */
function studentPart(seen) {
  const shown = part("As the student sees it", copyOf(seen, ".seen"));
  shown.className = "student";
  return shown;
}

const copyOf = (seen, what) => document.importNode(seen.querySelector(what), true);

function drawingPart(detail) {
  if (detail.pictures.length) return part("Drawing", ...detail.pictures.flatMap(pictureShapes));
  const made = detail.drawing && picture(detail.drawing);
  if (!made) return part("Drawing", make("p", { class: "faint" }, "There is no drawing that the grader could read."));
  const button = make("button", { type: "button", class: "thumbnail", "aria-label": "Show the drawing larger" }, made.svg);
  button.addEventListener("click", () => enlarge(made.svg));
  return part("Drawing", button, make("p", { class: "faint" }, `This is how the grader read it: ${made.words}.`));
}

/** The student's own picture with its faults marked, what the numbers on it mean, and lists of its parts. */
function pictureShapes({ title, source, size, words, legend, parts }) {
  const alt = `Drawing of ${title}. Marked on it: ${words}.`;
  const image = make("img", { src: source, width: size[0], height: size[1], alt });
  const button = make("button", { type: "button", class: "thumbnail", "aria-label": `Show larger: ${alt}` }, image);
  button.addEventListener("click", () => enlarge(image));
  const several = new Set(legend.map(([number]) => number)).size > 1;
  const told = legend.map(([number, name, message]) => make("li", {}, several ? `${number}: ` : "", make("b", {}, name), ` ${message}`));
  const lists = parts.map(([what, ...lists]) => make("p", {}, make("b", {}, what), ` ${listsOf(...lists)}`));
  return [button, make("ul", { class: "legend" }, ...told), ...lists];
}

function listsOf(right, missing, surplus) {
  const named = { missing, extra: surplus, right };
  const texts = Object.entries(named).filter(([, texts]) => texts.length);
  return texts.map(([name, texts]) => `${name}: ${texts.join(", ")}`).join("; ");
}

function enlarge(shape) {
  const viewer = find("viewer");
  viewer.querySelector("div").replaceChildren(shape.cloneNode(true));
  viewer.showModal();
}

function commandPart(detail) {
  if (!detail.command) return null;
  const code = make("code", { tabindex: 0 }, detail.command);
  const button = make("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(detail.command);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
  });
  return part("Grade it again", make("div", { class: "command" }, code, button));
}

function casesPart(seen) {
  return seen.querySelector(".outcomes") ? part("For staff: all test cases", copyOf(seen, ".outcomes")) : null;
}

function staffPart(detail) {
  const texts = [detail.changes, detail.status === "Completed" ? "" : detail.status, detail.staff].filter(Boolean);
  return texts.length ? part("For staff: notes that only you can see", block(texts.join("\n\n"))) : null;
}

function printedPart(detail) {
  if (!detail.cells.length) return null;
  const cells = detail.cells.map(([number, output, more, error, given]) => [
    make("h5", {}, `Cell ${number}`, given ? make("small", {}, "from the handout; students do not see its output") : null),
    output ? block(output) : null,
    more ? make("p", { class: "faint" }, `and ${whole(more)} more characters`) : null,
    error ? make("pre", { class: "error" }, error) : null,
  ]);
  return part("For staff: printed output and errors of all cells", ...cells.flat());
}

find("close").addEventListener("click", () => find("viewer").close());
find("viewer").addEventListener("click", (event) => {
  if (event.target === find("viewer")) find("viewer").close();
});
