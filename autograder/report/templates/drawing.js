// A student's drawing as the grader read it. Coordinates are tenths of pixels, with y pointing up.

/** Return the drawing as SVG, and a text that says what is in it; null if the drawing is empty. */
function picture(drawing) {
  const corners = [...drawing.markers, ...drawing.texts.map((text) => text.slice(1))];
  const xs = corners.flatMap((box) => [box[0], box[2]]);
  const ys = corners.flatMap((box) => [box[1], box[3]]);
  for (const [, path] of drawing.lines) path.forEach((value, index) => (index % 2 ? ys : xs).push(value));
  if (!xs.length) return null;
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
  const unit = Math.max(right - left, top - bottom, 1) / 100;
  const margin = 2 * unit;
  const flip = (y) => top - y;
  const words = `${drawing.markers.length} symbols, ${drawing.texts.length} texts, ${drawing.lines.length} lines`;
  const svg = draw("svg", {
    viewBox: [left - margin, -margin, right - left + 2 * margin, top - bottom + 2 * margin].map(Math.round).join(" "),
    role: "img",
    "aria-label": `Drawing with ${words}`,
    "stroke-width": 0.35 * unit,
  });
  for (const line of drawing.lines) svg.append(...lineShapes(line, drawing.markers, unit, flip));
  for (const marker of drawing.markers) svg.append(markerShape(marker, flip));
  for (const text of drawing.texts) svg.append(textShape(text, flip));
  return { svg, words: drawing.more ? `${words}, and ${drawing.more} more that are not shown` : words };
}

function markerShape([x0, y0, x1, y1, round], flip) {
  const [width, height] = [x1 - x0, y1 - y0];
  if (!round) return draw("rect", { class: "marker", x: x0, y: flip(y1), width, height });
  return draw("ellipse", { class: "marker", cx: x0 + width / 2, cy: flip(y1) + height / 2, rx: width / 2, ry: height / 2 });
}

/** A text, as large as fits into its box. */
function textShape([text, x0, y0, x1, y1], flip) {
  const lines = text.split("\n");
  const longest = Math.max(...lines.map((line) => line.length), 1);
  const upright = y1 - y0 > 2 * (x1 - x0) && longest > 2 && lines.length === 1;
  const [width, height] = upright ? [y1 - y0, x1 - x0] : [x1 - x0, y1 - y0];
  const size = Math.max(1, Math.min((0.95 * height) / lines.length, width / (0.52 * longest)));
  const [x, y] = [(x0 + x1) / 2, flip((y0 + y1) / 2)];
  const shape = draw("text", { x, y, "font-size": size.toFixed(1) });
  if (upright) shape.setAttribute("transform", `rotate(-90 ${x} ${y})`);
  lines.forEach((line, index) => {
    const down = (index - (lines.length - 1) / 2) * 1.15 + 0.35;
    shape.append(draw("tspan", { x, y: (y + down * size).toFixed(1) }, line));
  });
  return shape;
}

/** A line, and its arrowhead at the edge of the symbol that it points to. */
function lineShapes([pointed, path], markers, unit, flip) {
  const course = [];
  for (let index = 0; index < path.length; index += 2) course.push([path[index], path[index + 1]]);
  if (!pointed) return [polyline(course, flip)];
  const target = markers.filter((marker) => inside(course.at(-1), marker) && !inside(course[0], marker));
  const smallest = target.sort((one, other) => area(one) - area(other))[0];
  const seen = smallest ? until(course, smallest) : course;
  const tip = seen.at(-1);
  const length = Math.min(2.4 * unit, 0.5 * Math.hypot(tip[0] - course[0][0], tip[1] - course[0][1]) + 1);
  const before = [...seen].reverse().find((point) => distance(point, tip) >= length) || seen[0];
  const far = distance(before, tip) || 1;
  const [ux, uy] = [(tip[0] - before[0]) / far, (tip[1] - before[1]) / far];
  const [bx, by] = [tip[0] - length * ux, tip[1] - length * uy];
  const half = 0.42 * length;
  const corners = [tip, [bx - half * uy, by + half * ux], [bx + half * uy, by - half * ux]];
  const head = corners.map(([x, y]) => `${x.toFixed(1)},${flip(y).toFixed(1)}`).join(" ");
  return [polyline(seen, flip), draw("polygon", { class: "head", points: head })];
}

function polyline(course, flip) {
  return draw("polyline", { points: course.map(([x, y]) => `${x.toFixed(1)},${flip(y).toFixed(1)}`).join(" ") });
}

/** The course up to the edge of the symbol in which it ends. */
function until(course, marker) {
  const index = course.findIndex((point) => inside(point, marker));
  let [out, within] = [course[index - 1], course[index]];
  for (let step = 0; step < 12; step += 1) {
    const middle = [(out[0] + within[0]) / 2, (out[1] + within[1]) / 2];
    if (inside(middle, marker)) within = middle;
    else out = middle;
  }
  return [...course.slice(0, index), out];
}

const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
const area = ([x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);

function inside([x, y], [x0, y0, x1, y1, round]) {
  const [dx, dy] = [(x - (x0 + x1) / 2) / ((x1 - x0) / 2 || 1), (y - (y0 + y1) / 2) / ((y1 - y0) / 2 || 1)];
  return round ? dx * dx + dy * dy <= 1 : Math.max(Math.abs(dx), Math.abs(dy)) <= 1;
}
