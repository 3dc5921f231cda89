import type { KeyKind } from '@keyward/shared/service-profile';
import { trpc } from '../../../lib/trpc.ts';
import { CheckLine } from '../../../ui/check-line.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import type { WebhookForm } from './webhook-draft.ts';
import classes from './webhook-fields.module.css';

const kindWords: Readonly<Record<KeyKind, string>> = {
  bot: 'Bot keys, of the organization',
  user: 'User keys, of its members',
};
const kinds: readonly KeyKind[] = ['bot', 'user'];

const toggled = <Value,>(values: readonly Value[], value: Value, isIn: boolean): Value[] =>
  isIn ? [...values, value] : values.filter((one) => one !== value);

/** Of which keys, for those who do not want to hear of all. */
export function FilterFields({ form }: { form: WebhookForm }) {
  const services = trpc.services.list.useQuery(undefined, { staleTime: 60_000 });
  const { values } = form;
  const chosen = values.kinds.length + values.services.length;
  return (
    <Disclosure
      title="Only some keys"
      description={chosen === 0 ? 'Of all keys' : `${chosen} chosen`}
      isInitiallyOpen={chosen > 0}
      isForcedOpen={Boolean(form.errors.services)}
    >
      <div className={classes.filters}>
        <p className={classes.note}>
          Nothing ticked means all. This holds for events of keys; those of members and of the
          organization come in any case.
        </p>
        <fieldset className={classes.filter}>
          <legend className={classes.legend}>Kind of key</legend>
          {kinds.map((kind) => (
            <CheckLine
              key={kind}
              isChecked={values.kinds.includes(kind)}
              onChange={(isIn) => form.setFieldValue('kinds', toggled(values.kinds, kind, isIn))}
            >
              {kindWords[kind]}
            </CheckLine>
          ))}
        </fieldset>
        <fieldset className={classes.filter}>
          <legend className={classes.legend}>Service</legend>
          {services.data?.map(({ slug, name }) => (
            <CheckLine
              key={slug}
              isChecked={values.services.includes(slug)}
              onChange={(isIn) =>
                form.setFieldValue('services', toggled(values.services, slug, isIn))
              }
            >
              {name}
            </CheckLine>
          ))}
          {services.isError && (
            <p className={classes.note}>The services cannot be listed right now.</p>
          )}
        </fieldset>
        {form.errors.services && <p className={classes.error}>{form.errors.services}</p>}
      </div>
    </Disclosure>
  );
}
