import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { createElement } from 'react';

/** Petrol: Keyward's one accent. Shade 7 is legible on white, shade 4 on the dark surfaces. */
const petrol: MantineColorsTuple = [
  '#ecf7f7',
  '#d6ecec',
  '#abd9da',
  '#7cc6c8',
  '#55b3b6',
  '#349fa3',
  '#1a8388',
  '#0c6b72',
  '#09575d',
  '#073f44',
];

const red: MantineColorsTuple = [
  '#fdeeec',
  '#fbdedb',
  '#f6bab5',
  '#f29890',
  '#f58a82',
  '#e25a50',
  '#cf3a30',
  '#b3261e',
  '#951d16',
  '#6f130e',
];

const gray: MantineColorsTuple = [
  '#f7f9f9',
  '#eff2f3',
  '#e4e9ea',
  '#d4dbdd',
  '#b3bdc1',
  '#87949a',
  '#5b6970',
  '#434f55',
  '#2a3439',
  '#161d21',
];

const dark: MantineColorsTuple = [
  '#e3e9eb',
  '#c2cbce',
  '#9aa6ab',
  '#77848a',
  '#39444a',
  '#2a3439',
  '#1c2428',
  '#151b1e',
  '#0e1315',
  '#090c0e',
];

const sans = "'Geist Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const mono = "'Geist Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const chevron = createElement(IconChevronDown, { size: 16, 'aria-hidden': true });

// Filled surfaces are dark in the light theme and light in the dark one, so their text turns with them.
// Mantine decides that for the light theme alone.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled'
    ? { ...colors, color: 'var(--mantine-primary-color-contrast)' }
    : colors;
};

export const theme = createTheme({
  colors: { petrol, red, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  variantColorResolver,
  white: '#ffffff',
  black: '#161d21',
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { radius: 'md' } },
    Menu: {
      defaultProps: {
        radius: 'md',
        shadow: 'md',
        position: 'bottom-start',
        // A menu stays within its landmark, and holds nothing but what a menu may hold.
        withinPortal: false,
        floatingStrategy: 'fixed',
        withInitialFocusPlaceholder: false,
      },
    },
    NativeSelect: { defaultProps: { rightSection: chevron, rightSectionWidth: 34 } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close notification' } } },
    Anchor: { defaultProps: { underline: 'always' } },
  },
});
