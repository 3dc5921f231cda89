import type { ProviderRefusal } from '@keyward/shared/providers';
import type { Failure } from './failure.ts';

const words: Readonly<Record<ProviderRefusal, readonly [title: string, detail: string]>> = {
  away: ['The provider cannot be reached', 'Try again in a few minutes, or sign in another way.'],
  denied: ['The provider did not sign you in', 'Try again, or sign in another way.'],
  ended: [
    'This sign-in has ended',
    'It took too long, or was begun in another browser. Begin again.',
  ],
  failed: [
    'Single sign-on did not work',
    'Try again. If it happens again, tell whoever runs this Keyward: its log says why.',
  ],
  unverified_email: [
    'Your email is not verified',
    'The provider does not say that your email is yours. Have it verified there, then try again.',
  ],
  email_taken: [
    'Your email has an account already',
    'Sign in with its password, then connect single sign-on on your account page.',
  ],
  no_account: [
    'You have no account here',
    'Ask an admin of your organization to invite you, and open the link of the invitation.',
  ],
  invitation_mismatch: [
    'This invitation is not for you',
    'It was sent to another email than the provider says is yours, or it has ended. Ask for another.',
  ],
  identity_taken: [
    'This sign-in belongs to another account',
    'Sign in to that account and disconnect it there first, or choose somebody else at the provider.',
  ],
  no_auth_time: [
    'The provider does not say when you signed in',
    'So it cannot confirm that it is you. Set a password by “Forgot your password?” on the sign-in page, or ask whoever runs this Keyward for a link to set one, and confirm by that.',
  ],
  not_asked_again: [
    'The provider did not ask for your password again',
    'So it cannot confirm that it is you. Sign out there and try again, or confirm by your password or a passkey.',
  ],
  not_yours: [
    'This is not who you are connected as',
    'Sign in at the provider as the person that your account is connected to.',
  ],
};

const isKnown = (code: string): code is ProviderRefusal => Object.hasOwn(words, code);

/** Why the provider's sign-in did not go through, in the words that people are shown. */
export function describeProviderRefusal(code: string): Failure {
  const [title, detail] = words[isKnown(code) ? code : 'failed'];
  return { code: null, title, detail, requestId: null, issues: [], mayPass: false };
}
