import { MembersPage } from '../../features/members/members-page.tsx';
import { useRecheck } from '../use-recheck.ts';

export function MembersScreen() {
  const recheck = useRecheck();
  return <MembersPage onOwnRoleChanged={() => void recheck()} />;
}
