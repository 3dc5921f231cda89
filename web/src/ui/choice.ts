import type { ReactNode } from 'react';

/** One of a few that a ChoiceGroup offers. */
export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  description?: ReactNode;
  /** Why it cannot be chosen, in place of the description. */
  refusal?: string | null;
}
