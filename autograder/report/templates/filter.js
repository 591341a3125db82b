// Which submissions the table shows: the search, the three menus, and the numbers in the table of test cases.

const NOT_PASSED = "not";
const NOT_GRADED = "ungraded";

const filter = { group: null };
const field = { question: find("by-question"), case: find("by-case"), outcome: find("by-outcome"), text: find("search") };

/** Whether the chosen cases have the wanted outcome: all of them for "passed", at least one for any other. */
function hasOutcome(one, wanted, chosen) {
  if (wanted === NOT_GRADED) return one.status !== "";
  if (one.status) return false;
  const outcomes = chosen.map((item) => one.outcomes[item.index]);
  if (wanted === NOT_PASSED) return outcomes.some((outcome) => outcome !== 0);
  return wanted === "0" ? outcomes.every((outcome) => outcome === 0) : outcomes.includes(Number(wanted));
}

function chosenCases() {
  if (field.case.value) return [cases[field.case.value]];
  return field.question.value ? cases.filter((item) => item.question === Number(field.question.value)) : cases;
}

function update() {
  const words = field.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = chosenCases();
  const outcome = field.outcome.value;
  const members = filter.group === null ? null : new Set(data.groups[filter.group]);
  const some = submissions.filter(
    (one) =>
      words.every((word) => one.text.includes(word)) &&
      (!outcome || hasOutcome(one, outcome, chosen)) &&
      (!members || members.has(one.index)),
  );
  fill(some);
  const all = some.length === submissions.length;
  const which = members ? " with the chosen message" : "";
  find("shown").textContent = all ? counted(some.length) : `${whole(some.length)} of ${counted(submissions.length)}${which}`;
  find("clear").hidden = all && !words.length && !outcome && !members && !field.case.value && !field.question.value;
}

/** Offer the cases of the chosen question. */
function offerCases() {
  const kept = field.case.value;
  const offered = cases.filter((item) => !field.question.value || item.question === Number(field.question.value));
  const options = offered.map((item) => make("option", { value: item.index }, item.name));
  field.case.replaceChildren(make("option", { value: "" }, "any"), ...options);
  field.case.value = offered.some((item) => String(item.index) === kept) ? kept : "";
}

/** A case or a question without an outcome selects nothing: show who did not pass it. */
function chosen() {
  if (!field.outcome.value && (field.case.value || field.question.value)) field.outcome.value = NOT_PASSED;
  update();
}

function choose(question, item, outcome, group) {
  field.text.value = "";
  field.question.value = question;
  offerCases();
  field.case.value = item;
  field.outcome.value = outcome;
  filter.group = group;
  update();
}

function show() {
  find("submissions").scrollIntoView();
  find("clear").focus({ preventScroll: true });
}

function buildFilters() {
  field.question.append(...questions.map((question) => make("option", { value: question.index }, question.name)));
  offerCases();
  const outcomes = data.outcomes.map((outcome, index) => [index, index ? `some ${outcome}` : "all passed"]);
  outcomes.splice(1, 0, [NOT_PASSED, "some not passed"]);
  if (submissions.some((one) => one.status)) outcomes.push([NOT_GRADED, "not graded"]);
  field.outcome.append(...outcomes.map(([value, text]) => make("option", { value }, text)));
  field.text.addEventListener("input", update);
  field.outcome.addEventListener("change", update);
  field.case.addEventListener("change", chosen);
  field.question.addEventListener("change", () => {
    offerCases();
    chosen();
  });
  find("filters").addEventListener("submit", (event) => event.preventDefault());
  find("clear").addEventListener("click", () => {
    choose("", "", "", null);
    field.text.focus();
  });
  find("cases").addEventListener("click", (event) => {
    const { dataset } = event.target.closest("button") || { dataset: {} };
    if (dataset.group) choose("", "", "", Number(dataset.group));
    else if (dataset.case) choose(String(cases[dataset.case].question), dataset.case, dataset.outcome, null);
    else return;
    show();
  });
}

/** Print all rows and all messages, even those that are folded. */
function unfold(event) {
  complete();
  for (const details of document.querySelectorAll("#cases details")) {
    if (event.type === "beforeprint") details.dataset.open = details.open;
    details.open = event.type === "beforeprint" || details.dataset.open === "true";
  }
}

addEventListener("beforeprint", unfold);
addEventListener("afterprint", unfold);

buildTable();
buildFilters();
sortBy(0, false);
