/** Whether a text is a secret of Keyward's own making: a prefix and 38 characters of base62. */
export const isWholeSecret = (text: string): boolean =>
  /^[a-z][a-z0-9]*(_[a-z0-9]+)*_[0-9A-Za-z]{38}$/.test(text.trim());

/** Whether it may be the secret of a key that was imported, whose form is not known: one long token. */
export const mayBeSecret = (text: string): boolean => /^\S{24,512}$/.test(text.trim());

export const isKeyId = (text: string): boolean => /^key_[0-9a-hjkmnp-tv-z]{26}$/.test(text.trim());
