import type { AuditActor } from '@keyward/shared/audit';

/** Who did something, within a sentence: `Ada Lovelace`, `the key Deploy bot`. */
export function describeMaker({ type, name }: AuditActor): string {
  switch (type) {
    case 'user':
      return name;
    case 'key':
      return `the key ${name}`;
    case 'operator':
      return `${name} (operator)`;
    case 'system':
      return 'Keyward';
  }
}
