/** A certificate authority that lives as long as a test, made by openssl (1.1.1 or later). */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** PEM. */
export type ServerIdentity = { readonly key: string; readonly cert: string }

export type TestAuthority = {
  /** Certificate of the authority, PEM. */
  readonly certificate: string
  /** A certificate of this authority. */
  certify(names: readonly string[], days?: number): ServerIdentity
  /** One that vouches for itself. */
  selfSign(names: readonly string[]): ServerIdentity
  close(): void
}

export function openAuthority(): TestAuthority {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-authority-'))
  const at = (name: string) => path.join(folder, name)
  let count = 0
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const newKey = (name: string) =>
    ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-batch'].concat([
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
    ])
  const read = (name: string): ServerIdentity => ({
    key: readFileSync(at(`${name}.key`), 'utf8'),
    cert: readFileSync(at(`${name}.pem`), 'utf8'),
  })
  const extensions = (names: readonly string[]) =>
    `subjectAltName=${names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`))}`
  openssl(...newKey('ca'), '-x509', '-days', '30', '-out', at('ca.pem'))
  return {
    certificate: read('ca').cert,
    certify(names, days = 30) {
      count += 1
      const name = `server-${count}`
      writeFileSync(at(`${name}.ext`), `${extensions(names)}\n`)
      openssl(...newKey(name), '-out', at(`${name}.csr`))
      openssl(
        ...['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
        ...['-CAcreateserial', '-days', String(days), '-extfile', at(`${name}.ext`)],
        ...['-out', at(`${name}.pem`)],
      )
      return read(name)
    },
    selfSign(names) {
      count += 1
      const name = `self-${count}`
      openssl(...newKey(name), '-x509', '-addext', extensions(names), '-out', at(`${name}.pem`))
      return read(name)
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
