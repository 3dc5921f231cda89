import { toldActions } from '../../lib/describe-audit-event.ts';
import type { AuditScope } from '../../lib/use-audit-pages.ts';

/** What actions are about, by how they begin. */
const subjects: Readonly<Record<string, string>> = {
  account: 'Accounts',
  audit: 'Audit log',
  invitation: 'Invitations',
  key: 'Keys',
  member: 'Members',
  organization: 'Organization',
  service: 'Services',
  webhook: 'Webhooks',
};

const ofInstance = new Set(['account', 'service', 'audit']);
const ofOrganization = new Set(
  toldActions.map(subjectOf).filter((one) => one === 'audit' || !ofInstance.has(one)),
);

/** The actions to filter by, in groups, each of which can be taken as a whole. */
export function actionOptions(scope: AuditScope) {
  const told = scope === 'instance' ? ofInstance : ofOrganization;
  const groups = Map.groupBy(
    toldActions.filter((action) => told.has(subjectOf(action))),
    subjectOf,
  );
  return [...groups].map(([subject, actions]) => {
    const group = subjects[subject] ?? toWords(subject);
    const each = actions.map((action) => ({ value: action, label: labelAction(action) }));
    const whole = { value: `${subject}.`, label: `${group}: everything` };
    return { group, items: each.length > 1 ? [whole, ...each] : each };
  });
}

/** `key.rotation_finished` as `Key rotation finished`. */
export const labelAction = (action: string): string => toWords(action.replace('.', ' '));

function subjectOf(action: string): string {
  return action.slice(0, action.indexOf('.'));
}

function toWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
