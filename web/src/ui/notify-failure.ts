import { toFailure } from '../lib/failure.ts';
import { notify } from './notify.ts';

/** Says what went wrong, where no place on the page is there to say it. */
export function notifyFailure(error: unknown): void {
  const { title, detail } = toFailure(error);
  void notify({ color: 'red', title, message: detail, autoClose: 10_000 });
}
