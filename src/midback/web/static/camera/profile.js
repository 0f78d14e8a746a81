// The outline of the back: how far the body reaches beyond the line from hip to shoulder. In: a mask and points of
// it. Out: 25 distances. movement/dorsal.py measures the same way, and a test holds the two together.
//
// A point (x, y) lies at mask[y * width + x]: whole numbers are the middles of the mask's cells.

const STATIONS = 25; // evenly from hip to shoulder
const REACH = 0.9; // how far out the edge is looked for, in lengths of the line
const SLACK = 0.075; // a station's point may miss the body by this much
const STEPS = 150; // a length
const INSIDE = 0.5;

const EAR = 7, SHOULDER = 11, WRIST = 15, HIP = 23, KNEE = 25; // on the left; the right one follows

/**
 * The profile of the back, in lengths of the line; null where the mask has no body or no edge.
 * @param {Float32Array} mask 0..1, row by row
 * @param {number} width @param {number} height
 * @param {number[]} hip @param {number[]} shoulder
 * @param {number[]} awayFrom the back is the side away from it
 * @returns {(number | null)[]}
 */
export function dorsalProfile(mask, width, height, hip, shoulder, awayFrom) {
  const nothing = new Array(STATIONS).fill(null);
  const dx = shoulder[0] - hip[0];
  const dy = shoulder[1] - hip[1];
  const length = Math.hypot(dx, dy);
  if (!(length > 1)) return nothing;
  let nx = -dy / length;
  let ny = dx / length;
  if (nx * (awayFrom[0] - hip[0] - dx / 2) + ny * (awayFrom[1] - hip[1] - dy / 2) > 0) {
    nx = -nx;
    ny = -ny;
  }
  const cell = (column, row) =>
    column >= 0 && column < width && row >= 0 && row < height ? mask[row * width + column] : 0;
  const sampled = (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const right = x - column;
    const down = y - row;
    return (
      cell(column, row) * (1 - down) * (1 - right) +
      cell(column + 1, row) * (1 - down) * right +
      cell(column, row + 1) * down * (1 - right) +
      cell(column + 1, row + 1) * down * right
    );
  };
  const last = Math.floor(REACH * STEPS);
  return nothing.map((_none, station) => {
    const t = station / (STATIONS - 1);
    let before = 0;
    let entered = false;
    for (let step = 0; step <= last; step += 1) {
      const far = (length * step) / STEPS;
      const body = sampled(hip[0] + dx * t + nx * far, hip[1] + dy * t + ny * far);
      if (!entered) {
        if (step / STEPS > SLACK) return null;
        entered = body > INSIDE;
      } else if (!(body > INSIDE)) {
        return (step - 1 + (before - INSIDE) / (before - body)) / STEPS;
      }
      before = body;
    }
    return null;
  });
}

/**
 * Hip, shoulder and the point the back turns away from, of the side that is seen better.
 * @param {{x: number, y: number, visibility: number}[]} points as the networks give them, 0..1 of the picture
 */
export function trunkInView(points, width, height) {
  const seen = (side) => [EAR, SHOULDER, HIP, KNEE].reduce((sum, part) => sum + points[part + side].visibility, 0);
  const side = seen(0) > seen(1) ? 0 : 1;
  const at = (part) => [points[part + side].x * width - 0.5, points[part + side].y * height - 0.5];
  const [knee, wrist] = [at(KNEE), at(WRIST)];
  return { hip: at(HIP), shoulder: at(SHOULDER), awayFrom: [(knee[0] + wrist[0]) / 2, (knee[1] + wrist[1]) / 2] };
}
