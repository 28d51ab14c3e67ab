/** A name server (RFC 1035, UDP) that answers for the names it is given, on this machine. */
import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'

export type NameServer = {
  /** `address:port`. */
  readonly place: string
  /** Names that were asked for, each once for IPv4 and once for IPv6. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const A = 1
const AAAA = 28
const NO_SUCH_NAME = 3

/** @param records addresses by name; a name that is `undefined` is never answered */
export async function openNameServer(
  records: Readonly<Record<string, readonly string[] | undefined>>,
): Promise<NameServer> {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query)
    asked.push(name)
    if (name in records && records[name] === undefined) return
    const wanted = (text: string) => (isIPv4(text) ? A : AAAA) === type
    const answers = (records[name] ?? []).filter(wanted).map((text) => record(type, text))
    const head = Buffer.alloc(12)
    query.copy(head, 0, 0, 2)
    head.writeUInt16BE(0x8180 | (name in records ? 0 : NO_SUCH_NAME), 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([head, query.subarray(12, end), ...answers]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    place: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  while (query.readUInt8(at) !== 0) {
    const length = query.readUInt8(at)
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

/** The name is a pointer to the one in the question. */
function record(type: number, address: string): Buffer {
  const data = type === A ? Buffer.from(address.split('.').map(Number)) : ipv6Bytes(address)
  const head = Buffer.from('c00c0000000100000000', 'hex')
  head.writeUInt16BE(type, 2)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length)
  return Buffer.concat([head, length, data])
}

function ipv6Bytes(address: string): Buffer {
  const [left = '', right = ''] = address.split('::')
  const words = (text: string) => text.split(':').filter((word) => word !== '')
  const [first, last] = [words(left), words(right)]
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0')
  const hex = [...first, ...zeros, ...last].map((word) => word.padStart(4, '0'))
  return Buffer.from(hex.join(''), 'hex')
}
