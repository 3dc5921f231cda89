import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds on the page as it stands. In its legacy mode: there are no frames here, for whose sake the
 * other one opens a page of its own each time and takes several times as long.
 */
export const analyze = (page: Page) => new AxeBuilder({ page }).setLegacyMode().analyze();
