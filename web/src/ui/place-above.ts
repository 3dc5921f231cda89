const gap = 7;
const margin = 8;

/** Puts a fixed element above another, or below where there is no room, and never beyond the window. */
export function placeAbove(element: HTMLElement, target: Element): void {
  const beside = target.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const centred = beside.left + beside.width / 2 - width / 2;
  const furthest = document.documentElement.clientWidth - width - margin;
  const above = beside.top - height - gap;
  element.style.left = `${Math.max(margin, Math.min(centred, furthest))}px`;
  element.style.top = `${above < margin ? beside.bottom + gap : above}px`;
}
