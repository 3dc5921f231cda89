import { signOut } from '../accounts/sign-out.ts';
import type { TrpcContext } from './create-trpc-context.ts';

/** Sends the cookie of a new session. The one that the browser had goes out of its sight, and so it ends. */
export async function enter(ctx: TrpcContext, cookie: string): Promise<void> {
  if (ctx.actor?.type === 'user') {
    await signOut(ctx, ctx.cookies, ctx.instance.secureCookies);
  }
  ctx.setCookie(cookie);
}
