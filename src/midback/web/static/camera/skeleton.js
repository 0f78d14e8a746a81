// The skeleton over the preview. In: a frame of landmarks and a canvas. Out: lines over it.

const BONES = [
  [11, 13], [13, 15], [12, 14], [14, 16], [11, 12], [11, 23], [12, 24], [23, 24],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 31], [28, 32], [7, 11], [8, 12],
];
const JOINTS = [0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

// The preview is small: half the picture's size is plenty, and a quarter of the work.
const SMALLER = 2;

/** Draw the body of a frame; nothing where there is none. */
export function drawSkeleton(canvas, frame) {
  if (canvas.offsetParent === null) return;
  const width = Math.round(frame.size[0] / SMALLER);
  const height = Math.round(frame.size[1] / SMALLER);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  const points = frame.image;
  if (!points) return;
  const x = (joint) => points[3 * joint] / SMALLER;
  const y = (joint) => points[3 * joint + 1] / SMALLER;
  const line = () => {
    pen.beginPath();
    for (const [from, to] of BONES) {
      pen.moveTo(x(from), y(from));
      pen.lineTo(x(to), y(to));
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
    pen.moveTo(x(joint) + width / 80, y(joint));
    pen.arc(x(joint), y(joint), width / 80, 0, 7);
  }
  pen.fill();
}
