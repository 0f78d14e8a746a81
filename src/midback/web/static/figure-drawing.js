// A figure's paths, made once and moved after. In: baked numbers. Out: an SVG and its layers. Next: figure.js.
// @ts-check

import { pathOf } from "./figure-curve.js";

/**
 * @typedef {import("./figure-numbers.js").Figure} Figure
 * @typedef {import("./figure-numbers.js").Shape} Shape
 * @typedef {{shape: Shape, path: SVGPathElement, data: string}} Drawn
 * @typedef {{node: SVGGElement, drawn: Drawn[], edge: SVGPathElement|null, edged: Drawn[]}} Layer
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make the paths of the first frame, one layer a group, in a picture with a name.
 * @param {Figure} figure @param {string} title
 * @returns {{canvas: SVGSVGElement, layers: Map<string, Layer>}}
 */
export function drawingOf(figure, title) {
  const canvas = document.createElementNS(SVG, "svg");
  canvas.setAttribute("viewBox", figure.viewBox.join(" "));
  canvas.setAttribute("class", figure.class);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("preserveAspectRatio", "xMidYMid meet");
  const name = document.createElementNS(SVG, "title");
  name.textContent = title;
  canvas.append(name);
  /** @type {Map<string, Layer>} */
  const layers = new Map();
  for (const group of figure.groups) {
    const node = document.createElementNS(SVG, "g");
    node.setAttribute("data-part", group.id);
    /** @type {SVGPathElement|null} */
    let edge = null;
    if (group.edge.length > 0) {
      edge = paint("mb-edge", figure.edge, true);
      node.append(edge);
    }
    /** @type {Drawn[]} */
    const drawn = [];
    for (const shape of group.shapes) {
      const path = paint(shape.class, shape.template, "stroke" in shape.template);
      const data = pathOf(shape.kind, shape.frames[0]);
      path.setAttribute("d", data);
      node.append(path);
      drawn.push({ shape, path, data });
    }
    const edged = drawn.filter((one) => group.edge.includes(one.shape.id));
    edge?.setAttribute("d", edged.map((one) => one.data).join(""));
    layers.set(group.id, { node, drawn, edge, edged });
    canvas.append(node);
  }
  return { canvas, layers };
}

/**
 * Show a layer between two frames, 0 the first and 1 the other; what has not moved is not touched.
 * @param {Layer} layer @param {number} from @param {number} to @param {number} s
 */
export function moveLayer(layer, from, to, s) {
  let moved = false;
  for (const one of layer.drawn) {
    const frames = one.shape.frames;
    if (frames.length < 2) continue;
    const a = frames[from];
    const b = frames[to];
    const mixed = new Float64Array(a.length);
    for (let k = 0; k < a.length; k++) mixed[k] = a[k] + (b[k] - a[k]) * s;
    const data = pathOf(one.shape.kind, mixed);
    if (data !== one.data) {
      one.data = data;
      one.path.setAttribute("d", data);
      moved = true;
    }
  }
  if (moved && layer.edge !== null) layer.edge.setAttribute("d", layer.edged.map((one) => one.data).join(""));
}

/** @param {string} name @param {Record<string, string|number>} look @param {boolean} stroked */
function paint(name, look, stroked) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", name);
  if (stroked) {
    path.setAttribute("fill", "none");
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
  }
  for (const [key, value] of Object.entries(look)) path.setAttribute(key, String(value));
  return path;
}
