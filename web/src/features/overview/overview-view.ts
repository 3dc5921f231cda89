/** For how many days the overview shows what happened. */
export type OverviewDays = 7 | 30;

/** What the address bar says of the overview; left out, seven days. */
export interface OverviewView {
  days?: 30;
}

export const toOverviewView = (days: OverviewDays): OverviewView => (days === 30 ? { days } : {});

/** Reads the view from an address; what makes no sense is left out. */
export const readOverviewView = ({ days }: Record<string, unknown>): OverviewView =>
  toOverviewView(Number(days) === 30 ? 30 : 7);
