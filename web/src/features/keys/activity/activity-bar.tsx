import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Segments } from '../../../ui/segments.tsx';
import { useKey } from '../key-context.ts';
import {
  allRanges,
  type Bucket,
  refuseBucket,
  type UsageRange,
  type UsageView,
  usageRanges,
} from '../usage-range.ts';
import type { KeyUsage } from '../use-key-usage.ts';
import { downloadUsage } from './download-usage.ts';
import classes from './key-activity.module.css';

interface ActivityBarProps {
  view: { range: UsageRange; by: Bucket };
  onView: (view: UsageView) => void;
  /** What is shown; null while it is on its way. */
  usage: KeyUsage | null;
}

/** What is shown of the calls, and its download. */
export function ActivityBar({ view, onView, usage }: ActivityBarProps) {
  const key = useKey();
  const { range, by } = view;
  return (
    <div className={classes.bar}>
      <Segments
        legend="Calls of the last"
        value={range}
        // Each range begins with the buckets that suit it.
        onChange={(chosen) => onView({ range: chosen })}
        segments={allRanges.map((value) => ({ value, label: usageRanges[value].label }))}
      />
      <Segments
        legend="Counted by"
        value={by}
        onChange={(chosen) => onView({ range, by: chosen })}
        segments={[
          { value: 'hour', label: 'Hours', refusal: refuseBucket(range, 'hour') },
          { value: 'day', label: 'Days', refusal: refuseBucket(range, 'day') },
        ]}
      />
      <Button
        variant="default"
        className={classes.download}
        leftSection={<IconDownload size={16} />}
        disabled={usage === null || usage.buckets.length === 0}
        onClick={() => usage !== null && downloadUsage(key, usage)}
      >
        Download CSV
      </Button>
    </div>
  );
}
