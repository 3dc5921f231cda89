import type { UseFormReturnType } from '@mantine/form';
import type { KeyDraft } from './key-draft.ts';

export type DraftForm = UseFormReturnType<KeyDraft>;
