import type { WebhookEvent } from '@keyward/shared/webhooks';
import { CheckBox } from '../../../ui/check-box.tsx';
import { CheckLine } from '../../../ui/check-line.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { eventDescriptions, eventGroups, eventsOf } from '../event-groups.ts';
import type { WebhookForm } from './webhook-draft.ts';
import classes from './webhook-fields.module.css';

const choices = [
  { value: 'all', label: 'All events', description: 'And those of later versions of Keyward' },
  { value: 'chosen', label: 'Chosen events', description: 'Only what you tick' },
] as const;

/** What a webhook is told of. */
export function EventField({ form }: { form: WebhookForm }) {
  const { wantsAll, events } = form.values;
  const set = (some: readonly WebhookEvent[], isChecked: boolean) => {
    const others = events.filter((event) => !some.includes(event));
    form.setFieldValue('events', isChecked ? [...others, ...some] : others);
    form.clearFieldError('events');
  };
  return (
    <div>
      <ChoiceGroup
        legend="Events"
        choices={choices}
        value={wantsAll ? 'all' : 'chosen'}
        onChange={(value) => {
          form.setFieldValue('wantsAll', value === 'all');
          form.clearFieldError('events');
        }}
        error={form.errors.events}
      />
      {!wantsAll && (
        <div className={classes.groups}>
          {eventGroups.map((group) => (
            <fieldset key={group.title} className={classes.group}>
              <legend className="visually-hidden">{group.title}</legend>
              <GroupHead
                title={group.title}
                note={group.note}
                of={eventsOf(group)}
                chosen={events}
                onChange={set}
              />
              <div className={classes.events}>
                {eventsOf(group).map((event) => (
                  <CheckLine
                    key={event}
                    isChecked={events.includes(event)}
                    onChange={(isChecked) => set([event], isChecked)}
                  >
                    <span className={classes.event}>
                      <code>{event}</code>
                      <span className={classes.description}>{eventDescriptions[event]}</span>
                    </span>
                  </CheckLine>
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      )}
    </div>
  );
}

interface GroupHeadProps {
  title: string;
  note: string | undefined;
  of: readonly WebhookEvent[];
  chosen: readonly WebhookEvent[];
  onChange: (events: readonly WebhookEvent[], isChecked: boolean) => void;
}

function GroupHead({ title, note, of, chosen, onChange }: GroupHeadProps) {
  const count = of.filter((event) => chosen.includes(event)).length;
  if (of.length === 1) {
    return <div className={classes.groupHead}>{title}</div>;
  }
  return (
    <div className={classes.groupHead}>
      <CheckBox
        aria-label={`All of ${title}`}
        checked={count === of.length}
        isPartial={count > 0 && count < of.length}
        onChange={(isChecked) => onChange(of, isChecked)}
      />
      {title}
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}
