/** What changes round the map: the system's colours, and the size of the canvas. */

/**
 * Call when the system turns dark or light, and when the canvas has another size, until the returned function is called.
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} recolour
 * @param {() => void} resize
 */
export function watch(canvas, recolour, resize) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", recolour);
  const resized = new ResizeObserver(resize);
  resized.observe(canvas);
  return () => {
    dark.removeEventListener("change", recolour);
    resized.disconnect();
  };
}
