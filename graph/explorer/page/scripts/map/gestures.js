/** What fingers, pens, mice and wheels do to a map: pan, zoom, point, tap. */

/**
 * @typedef {object} Gestures
 * @property {(dx: number, dy: number) => void} pan
 * @property {(factor: number, x: number, y: number) => void} zoom
 * @property {(x: number, y: number) => void} point  the pointer is there, with nothing pressed
 * @property {() => void} leave
 * @property {(x: number, y: number, reach: number) => void} tap
 * @property {(x: number, y: number, reach: number) => void} doubleTap
 * @property {(pressed: boolean) => void} press
 */
/** @typedef {{x: number, y: number, startX: number, startY: number, dragged: boolean, kind: string}} Finger */

/** A second tap is one of a double tap within so many milliseconds and pixels. */
const SECOND_TAP = 350;
const SAME_PLACE = 24;
/** How far a pointer may move and still tap, and how far from a node a tap still means it, in pixels: fingers are broad. */
const MOUSE = { slack: 3, reach: 7 };
const FINGER = { slack: 9, reach: 16 };
/** Fingers that are nearer to each other, in pixels, would zoom by accident. */
const FINGERS_APART = 8;
/** The pixels of a line and of a page, in which some wheels count. */
const WHEEL = { line: 16, page: 400 };
/** How much a pixel of a wheel zooms, and of two fingers on a touchpad, which send few; and the most pixels at a time. */
const PER_PIXEL = { wheel: 0.0016, pinch: 0.01 };
const MOST_WHEEL = 300;

/** Listen for gestures on the canvas. @param {HTMLCanvasElement} canvas @param {Gestures} gestures */
export function listen(canvas, gestures) {
  /** @type {Map<number, Finger>} */
  const fingers = new Map();
  let pinched = false;
  let lastTap = { at: -Infinity, x: 0, y: 0 };

  /** @param {MouseEvent} event @returns {[number, number]} */
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  /** @param {PointerEvent} event */
  const down = (event) => {
    if (event.button > 1) return;
    const [x, y] = placeOf(event);
    fingers.set(event.pointerId, { x, y, startX: x, startY: y, dragged: false, kind: event.pointerType });
    pinched = fingers.size > 1;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is already gone again.
    }
    gestures.press(true);
  };

  /** @param {PointerEvent} event */
  const move = (event) => {
    const [x, y] = placeOf(event);
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType !== "touch") gestures.point(x, y);
      return;
    }
    const slack = (finger.kind === "mouse" ? MOUSE : FINGER).slack;
    finger.dragged ||= Math.hypot(x - finger.startX, y - finger.startY) > slack;
    const other = [...fingers.values()].find((each) => each !== finger);
    if (other) {
      const before = Math.hypot(finger.x - other.x, finger.y - other.y);
      const now = Math.hypot(x - other.x, y - other.y);
      gestures.pan((x - finger.x) / 2, (y - finger.y) / 2);
      if (before > FINGERS_APART && now > FINGERS_APART) gestures.zoom(now / before, (x + other.x) / 2, (y + other.y) / 2);
    } else if (finger.dragged) {
      gestures.pan(x - finger.x, y - finger.y);
    }
    if (other || finger.dragged) [finger.x, finger.y] = [x, y];
  };

  /** @param {PointerEvent} event */
  const up = (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    fingers.delete(event.pointerId);
    if (fingers.size === 0) gestures.press(false);
    const tapped = event.type === "pointerup" && !finger.dragged && !pinched;
    if (fingers.size === 0) pinched = false;
    if (!tapped) return;
    const [x, y] = placeOf(event);
    const reach = (finger.kind === "mouse" ? MOUSE : FINGER).reach;
    const again = event.timeStamp - lastTap.at < SECOND_TAP && Math.hypot(x - lastTap.x, y - lastTap.y) < SAME_PLACE;
    lastTap = again ? { at: -Infinity, x, y } : { at: event.timeStamp, x, y };
    if (again) gestures.doubleTap(x, y, reach);
    else gestures.tap(x, y, reach);
  };

  /** @param {WheelEvent} event */
  const wheel = (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? WHEEL.line : event.deltaMode === 2 ? WHEEL.page : 1;
    const strength = event.ctrlKey ? PER_PIXEL.pinch : PER_PIXEL.wheel;
    const turned = Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY * unit));
    gestures.zoom(Math.exp(-turned * strength), ...placeOf(event));
  };

  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => gestures.leave());
  canvas.addEventListener("wheel", wheel, { passive: false });
}
