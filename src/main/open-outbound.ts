/** Opens the only way out; whoever opens it closes it. */
import { createGuardedClient } from '../adapters/outbound/guarded-client.js'
import { systemClock } from '../adapters/system/environment.js'
import type { GuardedClient } from '../application/ports/outbound.js'
import type { Settings } from '../config/settings.js'

/** @param hasRecords whether what this service itself publishes is found without asking anybody */
export function openGuardedClient(settings: Settings, hasRecords = true): GuardedClient {
  return createGuardedClient({
    ...(hasRecords ? { ownOrigin: settings.baseUrl } : {}),
    ports: settings.outboundPorts,
    isDevelopment: settings.outboundDevelopment,
    clock: systemClock,
  })
}
