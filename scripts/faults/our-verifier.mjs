/** The service's own verifier with its worker threads, without a server. */
import { readSettings } from '../../dist/config/settings.js'
import { compose } from '../../dist/main/compose.js'
import { openVerifier } from '../../dist/main/open-verifier.js'

/**
 * @param environment all that the service needs to run
 * @returns `verify`, from a secured credential's text to its report, and `close`
 */
export async function openOurVerifier(environment) {
  const service = await compose(readSettings(environment))
  const verifier = openVerifier(service)
  await verifier.ready()
  return {
    verify: async (securedJson) =>
      (await verifier.verify(new TextEncoder().encode(securedJson))).report,
    close: async () => {
      await verifier.close()
      await service.issuing.database.close()
    },
  }
}
