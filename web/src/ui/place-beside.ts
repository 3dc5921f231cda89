export type MenuPosition = 'bottom-start' | 'bottom-end' | 'top-start';

const gap = 6;
const margin = 8;
/** With less room than this below, and more above, it opens upwards. */
const wanted = 240;

/** Puts a fixed element below or above another, along its left or right edge, as high as there is room for. */
export function placeBeside(element: HTMLElement, target: Element, position: MenuPosition): void {
  const { top, bottom, left, right } = target.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = clientHeight - bottom;
  const isAbove = position === 'top-start' || (below < wanted && top > below);
  const { style } = element;
  style.inset = 'auto';
  if (isAbove) {
    style.bottom = `${clientHeight - top + gap}px`;
  } else {
    style.top = `${bottom + gap}px`;
  }
  style.maxHeight = `${(isAbove ? top : below) - gap - margin}px`;
  if (position === 'bottom-end') {
    style.right = `${Math.max(margin, clientWidth - right)}px`;
  } else {
    style.left = `${Math.max(margin, left)}px`;
  }
}
