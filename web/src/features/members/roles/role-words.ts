import type { Role } from '@keyward/shared/organizations';

interface RoleWords {
  label: string;
  /** As somebody who has it: `an admin`. */
  one: string;
  /** What it allows, in a line. */
  short: string;
  /** What it allows, whole. */
  allows: readonly string[];
}

export const roleWords: Readonly<Record<Role, RoleWords>> = {
  owner: {
    label: 'Owner',
    one: 'an owner',
    short: 'Everything, and who else is an owner',
    allows: [
      'Everything that an admin may do.',
      'Makes somebody an owner, and alone changes or removes one.',
      'An organization always keeps one owner.',
    ],
  },
  admin: {
    label: 'Admin',
    one: 'an admin',
    short: 'Every key, the members, the settings',
    allows: [
      'Sees and manages every key, and creates bot keys.',
      'Grants permissions on keys, webhooks, members and the audit log.',
      'Invites, changes and removes admins and members.',
      'Sets the guardrails of the organization.',
    ],
  },
  member: {
    label: 'Member',
    one: 'a member',
    short: 'Their own user keys',
    allows: [
      'Creates, rotates and revokes user keys of their own.',
      'Grants what the services offer, and no permission that only admins may grant.',
      'Sees the services and who else is a member.',
    ],
  },
};

/** From the most powerful on. */
export const rolesInOrder: readonly Role[] = ['owner', 'admin', 'member'];
