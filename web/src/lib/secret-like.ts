/**
 * The secret of Keyward's own making in a text, a prefix and 38 characters of base62, be it alone, in a
 * header or in a line of an environment file; null where there is none.
 */
export const findSecret = (text: string): string | null =>
  /[a-z][a-z0-9]*(_[a-z0-9]+)*_[0-9A-Za-z]{38}/.exec(text)?.[0] ?? null;

/** Whether it may be the secret of a key that was imported, whose form is not known: one long token. */
export const mayBeSecret = (text: string): boolean => /^\S{24,512}$/.test(text.trim());

export const isKeyId = (text: string): boolean => /^key_[0-9a-hjkmnp-tv-z]{26}$/.test(text.trim());
