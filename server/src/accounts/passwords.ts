import { hash, verify } from '@node-rs/argon2';

// OWASP's least for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** An argon2id hash in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

// Made before anybody asks: else the first unknown account would be told by taking twice as long.
const hashOfNothing = hashPassword('no account has this password');

/** Whether the password is the account's. An unknown account takes as long as a wrong password. */
export async function checkPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await hashOfNothing), password);
  return matches && passwordHash !== null;
}
