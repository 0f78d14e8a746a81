// Somebody at a desk as lines. In: a frame of landmarks, the ratio of their own upright. Out: a head, shoulders, how
// far the ears stand above them, and the height they had upright.

const EAR = [7, 8];
const SHOULDER = [11, 12];
const ELBOW = [13, 14];

/** Draw a bust; nothing where there is none. upright : ratio to mark, or 0 */
export function drawBust(canvas, frame, upright) {
  const [width, height] = frame.size;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  if (!frame.image) return;
  const at = (n) => [frame.image[3 * n], frame.image[3 * n + 1]];
  const [left, right] = SHOULDER.map(at);
  const [leftEar, rightEar] = EAR.map(at);
  const middle = between(left, right);
  const ears = between(leftEar, rightEar);
  const across = [left[0] - right[0], left[1] - right[1]];
  const wide = Math.hypot(...across);
  if (!(wide > 0)) return;
  const along = [across[0] / wide, across[1] / wide];
  const up = [along[1], -along[0]];
  const style = getComputedStyle(canvas);
  const thick = Math.max(4, wide / 34);
  pen.lineCap = pen.lineJoin = "round";

  pen.strokeStyle = style.getPropertyValue("--edge");
  pen.lineWidth = thick;
  const half = Math.max(Math.hypot(leftEar[0] - rightEar[0], leftEar[1] - rightEar[1]) / 2, wide / 12);
  const tilt = Math.atan2(leftEar[1] - rightEar[1], leftEar[0] - rightEar[0]);
  pen.beginPath();
  pen.ellipse(ears[0], ears[1], half * 1.08, half * 1.5, tilt, 0, 2 * Math.PI);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(...at(ELBOW[1]));
  pen.lineTo(...right);
  pen.lineTo(...left);
  pen.lineTo(...at(ELBOW[0]));
  pen.stroke();

  // What is measured: from the middle of the shoulders up to the height of the ears.
  const rise = (ears[0] - middle[0]) * up[0] + (ears[1] - middle[1]) * up[1];
  const top = [middle[0] + up[0] * rise, middle[1] + up[1] * rise];
  pen.strokeStyle = pen.fillStyle = style.getPropertyValue("--move");
  pen.lineWidth = thick * 1.6;
  pen.beginPath();
  pen.moveTo(...middle);
  pen.lineTo(...top);
  pen.stroke();
  for (const point of [middle, top]) {
    pen.beginPath();
    pen.arc(...point, thick * 1.7, 0, 2 * Math.PI);
    pen.fill();
  }
  if (!upright) return;
  const mark = [middle[0] + up[0] * upright * wide, middle[1] + up[1] * upright * wide];
  pen.strokeStyle = style.getPropertyValue("--ink");
  pen.lineWidth = thick * 0.7;
  pen.setLineDash([thick * 2, thick * 2]);
  pen.beginPath();
  pen.moveTo(mark[0] - along[0] * wide * 0.42, mark[1] - along[1] * wide * 0.42);
  pen.lineTo(mark[0] + along[0] * wide * 0.42, mark[1] + along[1] * wide * 0.42);
  pen.stroke();
  pen.setLineDash([]);
}

const between = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
