// Preloaded into a node: its wall clock is wrong by so much. Its monotonic clock is not.
const shift = Number(process.env.CLOCK_SHIFT_MILLISECONDS);
const { now } = Date;
Date.now = () => now() + shift;
globalThis.Date = new Proxy(Date, {
  construct: (target, parts, self) =>
    Reflect.construct(target, parts.length === 0 ? [target.now()] : parts, self),
});
