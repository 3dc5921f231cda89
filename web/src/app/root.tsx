import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { Api } from '../lib/create-api.ts';
import { trpc } from '../lib/trpc.ts';
import { ConfirmationHost } from '../ui/confirmation-host.tsx';
import { NotificationHost } from '../ui/notification-host.tsx';
import type { createConsoleRouter } from './create-console-router.ts';
import { cssVariablesResolver } from './css-variables.ts';
import { theme } from './theme.ts';

interface RootProps {
  account: Api;
  router: ReturnType<typeof createConsoleRouter>;
}

/** Theme, notifications, the account's data, and within them the pages. */
export function Root({ account: { client, queryClient }, router }: RootProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <NotificationHost />
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <ConfirmationHost />
        </QueryClientProvider>
      </trpc.Provider>
    </MantineProvider>
  );
}
