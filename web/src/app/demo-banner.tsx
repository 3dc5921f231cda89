import { getRouteApi } from '@tanstack/react-router';
import classes from './demo-banner.module.css';

const route = getRouteApi('/o/$organizationSlug');

/** Says on every page of a demo that all of it is made up. */
export function DemoBanner() {
  const { isDemo } = route.useRouteContext();
  return (
    isDemo && (
      <p className={classes.root}>
        <strong>Demo.</strong> Organizations, keys and traffic are made up, and open nothing.
      </p>
    )
  );
}
