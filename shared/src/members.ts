import { z } from 'zod';
import { idParameter } from './ids.ts';
import { receipt } from './keys.ts';
import { roles } from './organizations.ts';
import { email, timestamp } from './text.ts';

export const member = z
  .strictObject({
    userId: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    joinedAt: timestamp,
    /** Live user keys in this organization. */
    keys: z.int(),
  })
  .meta({ id: 'Member' });

export type Member = z.infer<typeof member>;

export const changeRoleInput = z.strictObject({ role: z.enum(roles) });

export const changedMember = z.strictObject({ member, receipt }).meta({ id: 'ChangedMember' });

export const removedMember = z
  .strictObject({ revokedKeys: z.array(z.string()), receipt })
  .meta({ id: 'RemovedMember' });

export const inviteInput = z.strictObject({ email, role: z.enum(roles) });

/** The link is shown this once: only the hash of its token is kept. */
export const invitation = z
  .strictObject({ id: z.string(), url: z.string(), expiresAt: timestamp })
  .meta({ id: 'Invitation' });

export const invitationIdInput = z.strictObject({ id: idParameter });

export const userIdInput = z.strictObject({ userId: idParameter });

export const changeRoleByIdInput = changeRoleInput.extend({ userId: idParameter });

export const invitationToken = z.string().min(1).max(100);

export const invitationTokenInput = z.strictObject({ token: invitationToken });
