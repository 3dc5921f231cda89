import type { UseFormReturnType } from '@mantine/form';
import type { KeyEdits } from './key-edits.ts';

export type EditForm = UseFormReturnType<KeyEdits>;
