// A smooth path through points. In: whole numbers x, y, x, y ... Out: a path's text. Next: figure.js.
// @ts-check

/**
 * Write a path through points x, y, x, y ...; the same curve as share.figure.path_of.
 * @param {string} kind @param {ArrayLike<number>} p @returns {string}
 */
export function pathOf(kind, p) {
  const count = p.length / 2;
  let out = `M${p[0].toFixed(1)} ${p[1].toFixed(1)}`;
  if (kind === "polygon" || kind === "thread" || count === 2) {
    for (let i = 1; i < count; i++) out += `L${p[2 * i].toFixed(1)} ${p[2 * i + 1].toFixed(1)}`;
    return kind === "polygon" ? out + "Z" : out;
  }
  const closed = kind !== "line";
  const tx = new Float64Array(count);
  const ty = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const a = closed ? (i + count - 1) % count : Math.max(0, i - 1);
    const b = closed ? (i + 1) % count : Math.min(count - 1, i + 1);
    const x = p[2 * b] - p[2 * a];
    const y = p[2 * b + 1] - p[2 * a + 1];
    const length = Math.hypot(x, y) || 1;
    tx[i] = x / length;
    ty[i] = y / length;
  }
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const j = (i + 1) % count;
    const x0 = p[2 * i];
    const y0 = p[2 * i + 1];
    const x1 = p[2 * j];
    const y1 = p[2 * j + 1];
    const reach = Math.hypot(x1 - x0, y1 - y0) / 3;
    out +=
      `C${(x0 + tx[i] * reach).toFixed(1)} ${(y0 + ty[i] * reach).toFixed(1)} ` +
      `${(x1 - tx[j] * reach).toFixed(1)} ${(y1 - ty[j] * reach).toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
  }
  return closed ? out + "Z" : out;
}
