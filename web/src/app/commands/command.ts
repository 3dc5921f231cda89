import type { Icon } from '@tabler/icons-react';

/** One thing to choose. */
export interface Command {
  id: string;
  group: string;
  label: string;
  description?: string;
  Icon: Icon;
  run: () => void;
}
