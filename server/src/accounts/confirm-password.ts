import type { Context, UserActor } from '../context.ts';
import { checkOwnPassword } from './check-own-password.ts';
import { confirmSession } from './confirm-session.ts';

/** Makes the session fresh: for 15 minutes it may do what is sensitive. */
export async function confirmPassword(
  context: Context & { actor: UserActor },
  password: string,
): Promise<void> {
  await checkOwnPassword(context, password);
  await context.database.transaction((transaction) =>
    confirmSession({ ...context, database: transaction }),
  );
}
