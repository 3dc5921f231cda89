import type { Flags } from '../flags.ts';
import type { Row } from '../report/row.ts';
import type { Stage } from '../stage/open-stage.ts';

/** A part of the bench: it starts what it needs, measures, and ends what it started. */
export interface Section {
  /** As `--only` has it, and as the table has it. */
  name: string;
  run(stage: Stage, flags: Flags): Promise<Row[]>;
}
