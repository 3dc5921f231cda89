import { toFailure } from '../lib/failure.ts';
import { notify } from './notify.ts';

/** Says what went wrong, where no place on the page is there to say it. */
export function notifyFailure(error: unknown): void {
  const { code, title, detail } = toFailure(error);
  // Whoever would not confirm that it is them knows why nothing came of it.
  if (code === 'confirmation_required') {
    return;
  }
  void notify({ color: 'red', title, message: detail, autoClose: 10_000 });
}
