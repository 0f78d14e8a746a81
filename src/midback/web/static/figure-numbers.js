// The numbers of a figure, fetched once for all figures of a page. In: an address that midback.share.figure answers.
// Out: shapes with a full frame each. Next: figure.js.
// @ts-check

/**
 * @typedef {{id: string, kind: "closed"|"ring"|"line"|"polygon"|"thread", class: string,
 *   template: Record<string, string|number>, frames: number[][], of?: string}} Shape
 * @typedef {{id: string, edge: string[], shapes: Shape[]}} Group
 * @typedef {{viewBox: number[], class: string, duration_s: number, edge: Record<string, string|number>,
 *   groups: Group[], times: number[], index: number[], order: {at: number, ids: string[]}[],
 *   keyposes: {at: number, cue: string|null}[]}} Figure
 */

/** @type {Map<string, Promise<Figure>>} */
const fetched = new Map();

/** Add up the steps between frames; a ring follows the shape it surrounds. @param {Figure} figure */
function unpack(figure) {
  for (const group of figure.groups) {
    for (const shape of group.shapes) {
      if (shape.of !== undefined) {
        shape.frames = group.shapes.find((other) => other.id === shape.of)?.frames ?? [[]];
        continue;
      }
      for (let i = 1; i < shape.frames.length; i++) {
        const before = shape.frames[i - 1];
        shape.frames[i] = shape.frames[i].map((step, k) => before[k] + step);
      }
    }
  }
  return figure;
}

/** Fetch a figure, or take the one fetched before. @param {string} src @returns {Promise<Figure>} */
export function fetchFigure(src) {
  let answer = fetched.get(src);
  if (answer === undefined) {
    answer = fetch(src, { credentials: "same-origin" }).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return unpack(await response.json());
    });
    answer.catch(() => fetched.delete(src));
    fetched.set(src, answer);
    if (fetched.size > 40) fetched.delete(/** @type {string} */ (fetched.keys().next().value));
  }
  return answer;
}
