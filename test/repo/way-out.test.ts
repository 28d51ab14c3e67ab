/** There is one way out of the process: nothing but adapters/outbound can open a connection by itself. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { listFiles, readText } from '../support/repository-files.js'

const CONNECTING = /^(node:)?(https?|http2|net|tls|dgram|dns|dns\/promises|undici|inspector)$/
/** What may be taken of them: to listen, never to ask. Types cost nothing. */
const LISTENING: Readonly<Record<string, readonly string[]>> = { 'node:http': ['createServer'] }
/** Globals that connect, and ways to get at modules that no import names. */
const GLOBALS = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'require', 'eval'])
const HIDDEN = new Set(['getBuiltinModule', 'binding', '_linkedBinding'])

/** What in a file could open a connection. */
function waysOut(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    found.push(...waysOutOf(node))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found.map((what) => `${name}: ${what}`)
}

function waysOutOf(node: ts.Node): readonly string[] {
  if (ts.isImportDeclaration(node)) return importedWays(node)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [module] = node.arguments
    const isKnown = module !== undefined && ts.isStringLiteral(module)
    return isKnown && !CONNECTING.test(module.text) ? [] : [`import(${module?.getText()})`]
  }
  if (!ts.isIdentifier(node)) return []
  if (HIDDEN.has(node.text)) return [node.text]
  if (node.text === 'require' && isResolving(node)) return []
  return GLOBALS.has(node.text) && !isMember(node) ? [node.text] : []
}

function importedWays(node: ts.ImportDeclaration): readonly string[] {
  const module = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : ''
  const { importClause } = node
  if (!CONNECTING.test(module) || importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    return []
  const bindings = importClause?.namedBindings
  if (bindings === undefined || !ts.isNamedImports(bindings)) return [`all of ${module}`]
  return bindings.elements
    .filter((one) => !one.isTypeOnly)
    .map((one) => (one.propertyName ?? one.name).text)
    .filter((taken) => !(LISTENING[module] ?? []).includes(taken))
    .map((taken) => `${taken} of ${module}`)
}

/** Modules are found by `require.resolve`, which loads nothing. */
function isResolving({ parent }: ts.Identifier): boolean {
  const isResolve = ts.isPropertyAccessExpression(parent) && parent.name.text === 'resolve'
  return isResolve || ts.isVariableDeclaration(parent)
}

/** `x.fetch`, `{ fetch() {} }` and the like are names of our own; `globalThis.fetch` is not. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return !['globalThis', 'global'].includes(parent.expression.getText())
  const isNamed = ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent)
  return (
    (isNamed || ts.isPropertySignature(parent) || ts.isPropertyAssignment(parent)) &&
    parent.name === node
  )
}

describe('the way out', () => {
  const source = listFiles().filter((name) => /^src\/.*\.tsx?$/.test(name))

  it('is adapters/outbound alone', () => {
    const others = source.filter((name) => !name.startsWith('src/adapters/outbound/'))
    expect(others.length).toBeGreaterThan(100)
    expect(others.flatMap((name) => waysOut(name, readText(name)))).toEqual([])
  })

  it('is found where it is', () => {
    const own = source.filter((name) => name.startsWith('src/adapters/outbound/'))
    expect(own.flatMap((name) => waysOut(name, readText(name)))).toEqual(
      expect.arrayContaining([
        'src/adapters/outbound/connect.ts: connect of node:tls',
        'src/adapters/outbound/exchange.ts: request of node:http',
        'src/adapters/outbound/resolver.ts: Resolver of node:dns/promises',
      ]),
    )
  })

  it.each([
    ["import https from 'node:https'", 'all of node:https'],
    ["import * as net from 'net'", 'all of net'],
    ["import 'undici'", 'all of undici'],
    ["import { createServer, get as x } from 'node:http'", 'get of node:http'],
    ["import { lookup } from 'node:dns/promises'", 'lookup of node:dns/promises'],
    ["await import('node:tls')", "import('node:tls')"],
    ['await import(name)', 'import(name)'],
    ["const x = require('net')", 'require'],
    ["process.getBuiltinModule('net')", 'getBuiltinModule'],
    ["await fetch('https://x.example')", 'fetch'],
    ['const go = fetch', 'fetch'],
    ['globalThis.fetch(url)', 'fetch'],
    ['({ fetch }).fetch(url)', 'fetch'],
    ['new WebSocket(url)', 'WebSocket'],
  ])('would be seen elsewhere: %s', (text, found) => {
    expect(waysOut('x.ts', text)).toEqual([`x.ts: ${found}`])
  })

  it.each([
    "import type { AddressInfo } from 'node:net'",
    "import { createServer, type Server } from 'node:http'",
    "await import('node:fs')",
    "const require = createRequire(here)\nrequire.resolve('x/x.ttf')",
    'client.fetch(request)',
    'const client = { async fetch() {} }',
  ])('is not seen where there is none: %s', (text) => {
    expect(waysOut('x.ts', text)).toEqual([])
  })
})
