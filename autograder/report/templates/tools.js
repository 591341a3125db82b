// Small helpers, and the data of the page.

const find = (id) => document.getElementById(id);

/** Make an element. Children are elements or texts; a text is never read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== ""));
  return element;
}

/** Make an SVG element. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Points; a dash where there are none, since the submission was not graded. */
const points = (value) => (value === null ? "—" : String(Math.round(value * 100) / 100).replace("-", "−"));
const whole = (value) => value.toLocaleString("en");
const counted = (count) => `${whole(count)} submission${count === 1 ? "" : "s"}`;

const data = JSON.parse(find("data").textContent);

const questions = data.questions.map(([name, possible], index) => ({ name, possible, index }));
const cases = data.cases.map(([question, name, hidden], index) => ({ question, name, hidden, index }));
const possible = questions.reduce((sum, question) => sum + question.possible, 0);

const submissions = data.rows.map(([label, file, id, status, total, earned, outcomes, seconds, changes], index) => ({
  index,
  label,
  file,
  id,
  status,
  total,
  earned,
  outcomes: Array.from(outcomes, Number),
  missed: outcomes.length - outcomes.split("0").length + 1,
  seconds,
  changes,
  text: [label, file, id, status, ...changes].join("\n").toLowerCase(),
}));
