/**
 * An internet of one host in a network namespace: what runs there finds every name at a public address, with
 * certificates that it trusts, and can reach nothing else. Linux, as root.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAuthority } from './test-authority.js'

export type Page = { readonly mediaType: string; readonly text: string }

export type SmallInternet = {
  /** What a command line begins with, to run there. */
  readonly prefix: readonly string[]
  /** For whoever runs there: the certificate authority. */
  readonly env: Readonly<Record<string, string>>
  /** Where this machine reaches what listens there on all addresses. */
  readonly address: string
  /** What was asked of the host, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** An address of the public internet, which here is nobody else's. */
const PUBLIC_ADDRESS = '93.184.215.14'
const HOST = fileURLToPath(new URL('small-internet-host.mjs', import.meta.url))

/** @param documents by address, https */
export async function openSmallInternet(
  documents: Readonly<Record<string, Page>>,
): Promise<SmallInternet> {
  const name = `imprimatur-${process.pid}`
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-internet-'))
  const closeWires = lay(name)
  const prefix = ['ip', 'netns', 'exec', name]
  writeFiles(folder, documents)
  const asked: string[] = []
  const host = await startHost(prefix, folder, asked)
  return {
    prefix,
    env: { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') },
    address: subnet(2),
    asked,
    close: async () => {
      const ended = new Promise((resolve) => host.once('close', resolve))
      host.kill('SIGKILL')
      await ended
      closeWires()
      rmSync(folder, { recursive: true })
    },
  }
}

/** One pair of addresses for each process that runs tests. */
function subnet(host: number): string {
  return `10.213.${process.pid % 250}.${host}`
}

function lay(name: string): () => void {
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'pipe' })
  const wire = `imp${process.pid % 100_000}`
  const within = (...args: readonly string[]) => ip('netns', 'exec', name, 'ip', ...args)
  ip('netns', 'add', name)
  mkdirSync(`/etc/netns/${name}`, { recursive: true })
  writeFileSync(`/etc/netns/${name}/resolv.conf`, 'nameserver 127.0.0.1\n')
  within('link', 'set', 'lo', 'up')
  within('addr', 'add', `${PUBLIC_ADDRESS}/32`, 'dev', 'lo')
  ip('link', 'add', `${wire}h`, 'type', 'veth', 'peer', 'name', `${wire}n`, 'netns', name)
  ip('addr', 'add', `${subnet(1)}/30`, 'dev', `${wire}h`)
  ip('link', 'set', `${wire}h`, 'up')
  within('addr', 'add', `${subnet(2)}/30`, 'dev', `${wire}n`)
  within('link', 'set', `${wire}n`, 'up')
  return () => {
    ip('netns', 'del', name)
    rmSync(`/etc/netns/${name}`, { recursive: true })
  }
}

function writeFiles(folder: string, documents: Readonly<Record<string, Page>>): void {
  const authority = openAuthority()
  const hosts = new Set(Object.keys(documents).map((url) => new URL(url).hostname))
  const { key, cert } = authority.certify([...hosts])
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  write('ca.pem', authority.certificate)
  write('key.pem', key)
  write('cert.pem', cert)
  write('documents.json', JSON.stringify(documents))
  authority.close()
}

async function startHost(
  prefix: readonly string[],
  folder: string,
  asked: string[],
): Promise<ChildProcess> {
  const [program = '', ...args] = [...prefix, process.execPath, HOST, PUBLIC_ADDRESS, folder]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready')) resolve()
      asked.push(...[...text.matchAll(/^asked (.*)$/gm)].map(([, url = '']) => url))
    })
  })
  return child
}
