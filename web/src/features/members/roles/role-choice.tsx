import type { Role } from '@keyward/shared/organizations';
import { useMembership } from '../../../lib/membership.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { refusalOfRole } from './member-rules.ts';
import { rolesInOrder, roleWords } from './role-words.ts';

interface RoleChoiceProps {
  legend: string;
  value: Role;
  onChange: (role: Role) => void;
}

/** The three roles with what each may do; those that this person may not give say why. */
export function RoleChoice({ legend, value, onChange }: RoleChoiceProps) {
  const membership = useMembership();
  return (
    <ChoiceGroup<Role>
      isStacked
      legend={legend}
      choices={rolesInOrder.map((role) => ({
        value: role,
        label: roleWords[role].label,
        description: roleWords[role].short,
        refusal: refusalOfRole(membership, role),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
