/**
 * Moves the focus on to what a list was given more of, whose button may be gone with the last page: not from
 * whoever types elsewhere by now.
 */
export function focusBrought(id: string): void {
  requestAnimationFrame(() => {
    if (!document.activeElement?.matches('input, textarea, select')) {
      document.getElementById(id)?.focus();
    }
  });
}
