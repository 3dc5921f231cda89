import type { ServiceProfile } from '../service-profile.ts';
import { changeOf, changeOfOrder, type ProfileChange, pairByName } from './profile-change.ts';

type Resource = ServiceProfile['resources'][number];

const removal =
  'It can be granted no more. Keys that hold it keep it, and verification still says yes to it: take it off those keys first if it must stop working.';

export function compareResources(
  before: readonly Resource[],
  after: readonly Resource[],
): ProfileChange[] {
  const { removed, added, kept } = pairByName(before, after);
  return [
    ...removed.flatMap(({ name, description }) =>
      changeOf(`Resource ${name}`, [description, null], removal, 'careful'),
    ),
    ...added.flatMap(({ name, actions }) =>
      changeOf(
        `Resource ${name}`,
        [null, actions.map((action) => action.name).join(', ')],
        'It can be granted from now on. No key that exists holds it.',
      ),
    ),
    ...kept.flatMap(([was, is]) => compareActions(was, is)),
    ...changeOfOrder('Order of the resources', before, after),
  ];
}

function compareActions(before: Resource, after: Resource): ProfileChange[] {
  const { name } = after;
  const { removed, added, kept } = pairByName(before.actions, after.actions);
  return [
    ...changeOf(
      `Resource ${name}: description`,
      [before.description, after.description],
      'Shown where permissions are chosen.',
    ),
    ...removed.flatMap((action) =>
      changeOf(`Permission ${name}:${action.name}`, [action.description, null], removal, 'careful'),
    ),
    ...added.flatMap((action) =>
      changeOf(
        `Permission ${name}:${action.name}`,
        [null, action.description],
        `It can be granted from now on. Keys that hold ${name}:* hold it at once.`,
        'careful',
      ),
    ),
    ...kept.flatMap(([was, is]) =>
      changeOf(
        `Permission ${name}:${is.name}: description`,
        [was.description, is.description],
        'Shown where permissions are chosen.',
      ),
    ),
    ...changeOfOrder(`Order of the actions of ${name}`, before.actions, after.actions),
  ];
}
