/**
 * Goes on with a value that is there already, or once it is. What is known from memory is answered in the
 * same turn: each turn that a verification waits for costs it a twentieth of its time.
 */
export function after<Value, Result>(
  value: Value | Promise<Value>,
  goOn: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
