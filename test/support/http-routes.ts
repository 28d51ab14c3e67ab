/** Every route of the application, read from its router, so that none is forgotten. */
import type { Express } from 'express'

export type Route = {
  /** The pattern as it stands in the code. */
  readonly path: string
  /** Upper case, without what is answered 405. */
  readonly methods: readonly string[]
}

type Layer = {
  readonly route?: {
    readonly path: string | readonly string[]
    readonly stack: readonly { readonly method?: string }[]
  }
  readonly handle?: { readonly stack?: readonly Layer[] }
}

/** All routes in the order in which requests meet them. */
export function listRoutes(app: Express): readonly Route[] {
  return (app.router.stack as unknown as readonly Layer[]).flatMap(routesOf)
}

function routesOf({ route, handle }: Layer): readonly Route[] {
  if (route === undefined) return (handle?.stack ?? []).flatMap(routesOf)
  const named = route.stack.flatMap(({ method }) => (method === undefined ? [] : [method]))
  const methods = [...new Set(named.map((method) => method.toUpperCase()))]
  return [route.path].flat().map((path) => ({ path, methods }))
}
