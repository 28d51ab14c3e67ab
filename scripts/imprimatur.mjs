#!/usr/bin/env node
// The command line from a checkout or an installation.
import { buildIfStale } from './build-if-stale.mjs'

buildIfStale()
await import('../dist/main/cli.js')
