import { analytics } from './presets/analytics.ts';
import { contracts } from './presets/contracts.ts';
import { merchant } from './presets/merchant.ts';
import { reviewLoops } from './presets/review-loops.ts';
import { shortLinks } from './presets/short-links.ts';
import type { ServiceProfile } from './service-profile.ts';

export const presetNames = [
  'merchant',
  'analytics',
  'review-loops',
  'short-links',
  'contracts',
] as const;

export type PresetName = (typeof presetNames)[number];

/** Profiles that are a click, or a line in a file, away. */
export const servicePresets: Record<PresetName, ServiceProfile> = {
  merchant,
  analytics,
  'review-loops': reviewLoops,
  'short-links': shortLinks,
  contracts,
};
