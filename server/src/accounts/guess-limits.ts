import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { parseAddress } from '../addresses.ts';

/** What somebody guesses at. A password's account is the email as it was typed, known or not. */
export interface Guess {
  what: 'password' | 'code';
  account: string;
}

/** One thing that guesses are counted by. */
export interface Counter {
  /** SHA-256, in hex. */
  subject: string;
  /** Of wrong guesses in one window. */
  limit: number;
  windowSeconds: number;
  /** Whether it lets those in who signed in from the same place before. */
  sparesFamiliar: boolean;
}

const quarter = 15 * 60;

const counter = (what: string, name: string, limit: number): Counter => ({
  subject: createHash('sha256').update(`${what}\n${name}`).digest('hex'),
  limit,
  windowSeconds: quarter,
  sparesFamiliar: false,
});

/**
 * Where a guess counts, always in this order, so that two never wait for each other. A victim is not
 * locked out from elsewhere: the count of the account alone spares familiar places. That of an address
 * spares nobody, since whom it spared would be known to have an account.
 */
export function countersOf({ what, account }: Guess, network: string): Counter[] {
  const count = (name: string, limit: number, sparesFamiliar = false): Counter => ({
    ...counter(what, name, limit),
    sparesFamiliar,
  });
  return [
    count(`address\n${network}`, 50),
    count(`account\n${account}`, 20, true),
    count(`both\n${network}\n${account}`, 5),
  ];
}

/** What is no guess, and what nobody may ask for without end, from one network in a quarter of an hour. */
const attemptLimits = { sign_up: 20, reset: 20, passkey: 300, provider: 300 } as const;

export type Attempt = keyof typeof attemptLimits;

export const attemptCounter = (what: Attempt, network: string): Counter =>
  counter(what, network, attemptLimits[what]);

/** Mails that strangers may have sent to one address. Those that came are good for an hour. */
export const mailCounter = (email: string): Counter => counter('mail', email, 4);

/** What one guesser commonly has: an address of IPv4, and a /64 of IPv6. */
export function networkOf(address: string | null): string | null {
  const parsed = address === null ? null : parseAddress(address);
  if (parsed === null) {
    return null;
  }
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}
