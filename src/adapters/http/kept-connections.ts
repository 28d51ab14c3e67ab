/** Kept connections end with their server; otherwise each holds up a stop until it times out. */
import type { Server } from 'node:net'
import type { RequestHandler } from 'express'

/** After its answer, closes a connection whose server takes no new ones any more. */
export const closeWhenStopping: RequestHandler = (request, response, next) => {
  response.on('finish', () => {
    const { server } = request.socket as typeof request.socket & { readonly server?: Server }
    if (server?.listening === false) request.socket.end()
  })
  next()
}
