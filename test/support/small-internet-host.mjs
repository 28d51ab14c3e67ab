/** The one host of the small internet: its name server knows every name, its web server has the documents. */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const [address, folder] = process.argv.slice(2)
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8')
const documents = JSON.parse(read('documents.json'))

const A = 1
const names = createSocket('udp4')
names.on('message', (query, { port, address: asker }) => {
  const end = query.indexOf(0, 12) + 5
  const isA = query.readUInt16BE(end - 4) === A
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(isA ? 1 : 0, 6)
  const data = Buffer.from(address.split('.').map(Number))
  const answer = Buffer.concat([Buffer.from('c00c00010001000000000004', 'hex'), data])
  names.send(Buffer.concat([head, query.subarray(12, end), ...(isA ? [answer] : [])]), port, asker)
})
names.bind(53, '127.0.0.1')

const web = createServer({ key: read('key.pem'), cert: read('cert.pem') }, (request, response) => {
  const url = `https://${request.headers.host}${request.url}`
  process.stdout.write(`asked ${url}\n`)
  const found = Object.hasOwn(documents, url) ? documents[url] : undefined
  if (found === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'Content-Type': found.mediaType }).end(found.text)
})
web.listen(443, address, () => process.stdout.write('ready\n'))
