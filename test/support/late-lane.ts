/** One direction of a connection: what enters leaves in its order, late, and not at all while it is held. */
export interface LateLane {
  push(lateMilliseconds: number, pass: () => void): void;
  /** Looks again whether it is held. */
  pump(): void;
  clear(): void;
}

export function createLateLane(isHeld: () => boolean): LateLane {
  let waiting: { due: number; pass(): void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function pump(): void {
    clearTimeout(timer);
    for (let head = waiting[0]; head !== undefined && !isHeld(); head = waiting[0]) {
      const left = head.due - performance.now();
      if (left > 0) {
        timer = setTimeout(pump, left);
        return;
      }
      waiting.shift();
      head.pass();
    }
  }

  return {
    push(lateMilliseconds, pass) {
      waiting.push({ due: performance.now() + lateMilliseconds, pass });
      if (waiting.length === 1) pump();
    },
    pump,
    clear() {
      clearTimeout(timer);
      waiting = [];
    },
  };
}
