// The skeleton over the preview. In: a frame of landmarks and a canvas. Out: lines over it.

const BONES = [
  [11, 13], [13, 15], [12, 14], [14, 16], [11, 12], [11, 23], [12, 24], [23, 24],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 31], [28, 32], [7, 11], [8, 12],
];
const JOINTS = [0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/** Draw the body of a frame; nothing where there is none. */
export function drawSkeleton(canvas, frame) {
  const [width, height] = frame.size;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  const points = frame.image;
  if (!points || canvas.offsetParent === null) return;
  const line = () => {
    pen.beginPath();
    for (const [from, to] of BONES) {
      pen.moveTo(points[3 * from], points[3 * from + 1]);
      pen.lineTo(points[3 * to], points[3 * to + 1]);
    }
    pen.stroke();
  };
  // A dark edge about a pale line shows on any picture.
  pen.lineCap = "round";
  pen.strokeStyle = "rgb(16 24 27 / .75)";
  pen.lineWidth = width / 48;
  line();
  pen.strokeStyle = pen.fillStyle = "#8fe3d2";
  pen.lineWidth = width / 90;
  line();
  pen.beginPath();
  for (const joint of JOINTS) {
    pen.moveTo(points[3 * joint] + width / 80, points[3 * joint + 1]);
    pen.arc(points[3 * joint], points[3 * joint + 1], width / 80, 0, 7);
  }
  pen.fill();
}
