import type { UserActor } from '../context.ts';

export const presentUser = ({ userId, email, name, isOperator }: UserActor) => ({
  id: userId,
  email,
  name,
  isOperator,
});
