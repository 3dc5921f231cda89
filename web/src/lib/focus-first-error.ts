import type { FormErrors } from '@mantine/form';

/** For a form that was refused: puts the focus into the first field that is wrong. */
export function focusFirstError(form: { getInputNode: (path: string) => HTMLElement | null }) {
  return (errors: FormErrors): void => {
    const [first] = Object.keys(errors);
    if (first !== undefined) {
      form.getInputNode(first)?.focus();
    }
  };
}
