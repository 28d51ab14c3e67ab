#!/usr/bin/env node
// The command line from a checkout or an installation.
import { buildIfStale } from './build-if-stale.mjs'

await buildIfStale()
await import('../dist/bundle/cli.js')
