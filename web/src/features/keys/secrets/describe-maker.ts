import type { CreatedBy } from '@keyward/shared/keys';

/** Who did something, within a sentence: `Ada Lovelace`, `the key Deploy bot`. */
export function describeMaker({ type, name }: CreatedBy): string {
  switch (type) {
    case 'user':
      return name;
    case 'key':
      return `the key ${name}`;
    case 'system':
      return 'Keyward';
  }
}
