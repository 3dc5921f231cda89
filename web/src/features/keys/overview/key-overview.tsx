import { trpc } from '../../../lib/trpc.ts';
import { useKey } from '../key-context.ts';
import { settleView, type UsageRange, type UsageView } from '../usage-range.ts';
import { askAgainAfter } from '../use-key-usage.ts';
import { CallHistory } from './call-history.tsx';
import { KeyDetails } from './key-details.tsx';
import { KeyHeadline } from './key-headline.tsx';
import classes from './key-overview.module.css';

interface KeyOverviewProps {
  view: UsageView;
  onRange: (range: UsageRange) => void;
}

/** What a key is, who calls with it, and how that goes. */
export function KeyOverview({ view, onRange }: KeyOverviewProps) {
  const key = useKey();
  // The same question as the page's own, asked again for as long as this tab is open.
  trpc.keys.get.useQuery(
    { id: key.id },
    { refetchInterval: ({ state }) => askAgainAfter(state.data?.usage.lastUsedAt === null) },
  );
  const { range } = settleView(view);
  return (
    <div className={classes.root}>
      <KeyHeadline apiKey={key} />
      <CallHistory range={range === '90d' ? '30d' : range} onRange={onRange} />
      <KeyDetails apiKey={key} />
    </div>
  );
}
