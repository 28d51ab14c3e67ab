/**
 * Addresses that lead where no fetch of ours may go, by every way of writing them that we know of. For
 * whatever takes an address from outside: status lists, did:web, keys, pictures.
 */
import type { OutboundFault } from '../../src/application/ports/outbound.js'

export type HostileHost = {
  readonly why: string
  /** As it stands in an address, without port. */
  readonly host: string
  /** What a name server controlled by an attacker would say of it. */
  readonly resolvesTo: readonly string[]
  /** Whether a name server must be asked to see it; all else is refused as it stands. */
  readonly isLookedUp: boolean
  readonly fault: OutboundFault
}

export type HostileUrl = Omit<HostileHost, 'host'> & { readonly url: string }

const LOOPBACK = ['127.0.0.1', '::1'] as const
const PUBLIC = ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'] as const

/** First, last and some others of every IPv4 block that is not the public internet. */
const IPV4 = [
  ['this network', ['0.0.0.0', '0.0.0.1', '0.255.255.255']],
  ['private', ['10.0.0.0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255']],
  ['private', ['192.168.0.1', '192.168.1.1', '192.168.255.255', '172.17.0.1']],
  ['carrier NAT', ['100.64.0.0', '100.100.100.200', '100.127.255.255']],
  ['loopback', ['127.0.0.0', '127.0.0.1', '127.0.1.1', '127.127.127.127', '127.255.255.255']],
  ['link-local', ['169.254.0.1', '169.254.169.254', '169.254.170.2', '169.254.255.255']],
  ['protocols', ['192.0.0.0', '192.0.0.8', '192.0.0.170', '192.0.0.192', '192.0.0.255']],
  ['documentation', ['192.0.2.1', '198.51.100.7', '203.0.113.255']],
  ['6to4 relay', ['192.88.99.1', '192.88.99.255']],
  ['AS112', ['192.31.196.1', '192.175.48.1']],
  ['AMT', ['192.52.193.1']],
  ['benchmarks', ['198.18.0.0', '198.18.0.1', '198.19.255.255']],
  ['multicast', ['224.0.0.1', '232.1.2.3', '239.255.255.255']],
  ['reserved', ['240.0.0.0', '240.0.0.1', '250.1.2.3', '255.255.255.254']],
  ['broadcast', ['255.255.255.255']],
  ['cloud metadata', ['168.63.129.16']],
] as const

/** The same of IPv6. */
const IPV6 = [
  ['unspecified', ['::']],
  ['loopback', ['::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001']],
  ['IPv4-compatible', ['::2', '::7f00:1', '::127.0.0.1', '::a9fe:a9fe', '::5db8:d70e']],
  [
    'IPv4-mapped',
    ['::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:a9fe:a9fe', '::ffff:93.184.215.14'],
  ],
  ['IPv4-mapped', ['::ffff:10.0.0.1', '0:0:0:0:0:ffff:c0a8:1']],
  ['translated', ['::ffff:0:127.0.0.1', '::ffff:0:7f00:1']],
  ['NAT64', ['64:ff9b::7f00:1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::5db8:d70e']],
  ['NAT64 of a network', ['64:ff9b:1::7f00:1', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff']],
  ['6to4', ['2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:c0a8:101::1', '2002:5db8:d70e::1']],
  ['Teredo', ['2001::1', '2001:0:7f00:1::', '2001:0:4136:e378:8000:63bf:80ff:fffe']],
  ['ISATAP', ['2a00:1450::5efe:7f00:1', '2a00:1450::200:5efe:a9fe:a9fe']],
  ['unique local', ['fc00::', 'fc00::1', 'fd00:ec2::254', 'fd20:ce::254', 'fdff:ffff::ffff']],
  ['link-local', ['fe80::', 'fe80::1', 'fe80::a9fe:a9fe', 'febf::ffff', 'fe80::1%eth0']],
  ['site-local', ['fec0::', 'fec0::1', 'feff::1']],
  ['multicast', ['ff00::', 'ff01::1', 'ff02::1', 'ff0e::1', 'ffff::1']],
  ['documentation', ['2001:db8::', '2001:db8::1', '2001:db8:ffff::1', '3fff::1', '3fff:fff::1']],
  ['benchmarks', ['2001:2::1']],
  ['ORCHID', ['2001:10::1', '2001:20::1', '2001:30::1']],
  ['protocols', ['2001:1::1', '2001:3::1', '2001:4:112::1', '2001:1ff::1']],
  ['AS112', ['2620:4f:8000::1']],
  ['discard', ['100::', '100::1', '100::ffff:ffff:ffff:ffff']],
  ['segment routing', ['5f00::1']],
  ['never given out', ['200::1', '1000::1', '4000::1', '8000::1', 'c000::1', 'e000::1', 'f000::1']],
] as const

const addressesOf = (blocks: readonly (readonly [string, readonly string[]])[]) =>
  blocks.flatMap(([why, list]) => list.map((address) => ({ why, address })))

/** Every address that must not be connected to, with the name of its block. */
export const HOSTILE_ADDRESSES = [...addressesOf(IPV4), ...addressesOf(IPV6)]

/** Ordinary addresses of the public internet, some just outside a block above. */
export const PUBLIC_ADDRESSES = [
  ...PUBLIC,
  ...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0'],
  ...['126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255'],
  ...['172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
  ...['223.255.255.255', '2001:4860:4860::8888', '2606:4700::1111', '2a00:1450:4001:81b::200e'],
] as const

/** Spellings of an IPv4 address that one parser or another takes for it. */
function spellings(address: string): readonly (readonly [why: string, host: string])[] {
  const bytes = address.split('.').map(Number)
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  const number = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (value: number) => value.toString(16)
  const octal = (value: number) => `0${value.toString(8)}`
  return [
    ['decimal', String(number)],
    ['hex', `0x${hex(number)}`],
    ['hex in capitals', `0X${hex(number).toUpperCase()}`],
    ['octal', octal(number)],
    ['dotted hex', bytes.map((byte) => `0x${hex(byte)}`).join('.')],
    ['dotted octal', bytes.map(octal).join('.')],
    ['long dotted octal', bytes.map((byte) => `0000${octal(byte)}`).join('.')],
    ['hex, then decimal', `0x${hex(a)}.${b}.${c}.${d}`],
    ['octal, then decimal', `${octal(a)}.${b}.${c}.${d}`],
    ['three parts', `${a}.${b}.${c * 256 + d}`],
    ['two parts', `${a}.${(b * 256 + c) * 256 + d}`],
    ['two parts in hex', `0x${hex(a)}.0x${hex((b * 256 + c) * 256 + d)}`],
    ['mapped into IPv6', `[::ffff:${address}]`],
    ['mapped into IPv6 in hex', `[::ffff:${hex(a * 256 + b)}:${hex(c * 256 + d)}]`],
    ['compatible IPv6', `[::${address}]`],
    ['NAT64', `[64:ff9b::${address}]`],
  ]
}

/** Spellings that RFC 3986 does not know, or that no web address needs. */
function misspellings(address: string): readonly (readonly [why: string, host: string])[] {
  const digits = (from: number) =>
    address.replaceAll(/\d/g, (digit) => String.fromCodePoint(from + Number(digit)))
  const encode = (text: string) =>
    [...text].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('')
  return [
    ['trailing dot', `${address}.`],
    ['two trailing dots', `${address}..`],
    ['leading dot', `.${address}`],
    ['percent-encoded', encode(address)],
    ['percent-encoded dots', address.replaceAll('.', '%2e')],
    ['percent-encoded twice', encode(encode(address))],
    ['full-width digits', digits(0xff10)],
    ['mathematical digits', digits(0x1d7ce)],
    ['Arabic digits', digits(0x0660)],
    ['ideographic full stops', address.replaceAll('.', '\u3002')],
    ['full-width full stops', address.replaceAll('.', '\uff0e')],
    ['soft hyphen', address.replace('.', '.\u00ad')],
    ['zero-width space', address.replace('.', '.\u200b')],
    ['zero byte', `${address}%00.example.org`],
    ['a space', `${address} `],
    ['a tab', address.replace('.', '.\t')],
    ['a line break', address.replace('.', '.\n')],
    ['a backslash', `${address}\\.example.org`],
  ]
}

const LOCAL_NAMES = [
  ...[
    'localhost',
    'LOCALHOST',
    'LocalHost',
    'foo.localhost',
    'a.b.localhost',
    'localhost.localdomain',
  ],
  ...['printer', 'router', 'intranet', 'kubernetes', 'metadata', 'host', 'db', 'redis', 'x'],
  ...['printer.local', 'PRINTER.LOCAL', 'a.b.local', 'metadata.google.internal', 'vm.internal'],
  ...['ip-10-0-0-1.ec2.internal', 'host.docker.internal', 'api.svc.cluster.local'],
  ...[
    'nas.lan',
    'router.home',
    'wiki.corp',
    'wiki.intranet',
    'db.private',
    'box.home.arpa',
    'x.onion',
  ],
] as const

const MISSPELT_NAMES = [
  ...['localhost.', 'localhost..', 'loc%61lhost', '%6c%6f%63%61%6c%68%6f%73%74', '.localhost'],
  ...[
    'l\u00f6calhost',
    '\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54',
    'local\u00adhost',
  ],
  ...[
    '\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3',
    'issuer.example.',
    'issuer..example',
  ],
  ...['-issuer.example', 'issuer-.example', 'is_suer.example', 'issuer.example%2f', '*.example'],
  ...['issuer.exa mple', 'issuer.example\\@127.0.0.1', `${'a'.repeat(64)}.example`, ''],
  ...[`${'a.'.repeat(130)}example`, 'xn--\u0131.example', 'xn--a.example', 'b\u00fccher.example'],
] as const

const SPELT_IN_EVERY_WAY = [
  '127.0.0.1',
  '169.254.169.254',
  '10.0.0.1',
  '0.0.0.0',
  '192.168.1.1',
] as const

function literalHosts(): readonly HostileHost[] {
  const literal = (why: string, host: string, fault: OutboundFault): HostileHost => ({
    why,
    host,
    resolvesTo: LOOPBACK,
    isLookedUp: false,
    fault,
  })
  return [
    ...addressesOf(IPV4).map(({ why, address }) => literal(why, address, 'address-not-allowed')),
    ...addressesOf(IPV6)
      .filter(({ address }) => !address.includes('%'))
      .map(({ why, address }) => literal(why, `[${address}]`, 'address-not-allowed')),
    ...PUBLIC.map((address) =>
      literal('number', address.includes(':') ? `[${address}]` : address, 'address-not-allowed'),
    ),
    ...SPELT_IN_EVERY_WAY.flatMap((address) => [
      ...spellings(address).map(([why, host]) => literal(why, host, 'address-not-allowed')),
      ...misspellings(address).map(([why, host]) => literal(why, host, 'url-not-allowed')),
    ]),
    ...LOCAL_NAMES.map((host) => literal('local name', host, 'address-not-allowed')),
    ...MISSPELT_NAMES.map((host) => literal('misspelt name', host, 'url-not-allowed')),
  ]
}

/** Names that look like any other; each is its own, so that nothing that is remembered answers. */
function namedHosts(): readonly HostileHost[] {
  const named = (why: string, name: string, resolvesTo: readonly string[]): HostileHost => ({
    why,
    host: `${name}.example`,
    resolvesTo,
    isLookedUp: true,
    fault: 'address-not-allowed',
  })
  return HOSTILE_ADDRESSES.flatMap(({ why, address }, index) => [
    named(`name of ${why}`, `only-${index}`, [address]),
    named(`name of ${why} after public`, `after-${index}`, [...PUBLIC, address]),
    named(`name of ${why} before public`, `before-${index}`, [address, ...PUBLIC]),
  ])
}

/** Every hostile host; `resolvesTo` is what its name server says, where there is a name. */
export function hostileHosts(): readonly HostileHost[] {
  return [...literalHosts(), ...namedHosts()]
}

/** What is wrong with an address beside its host. */
function wrongUrls(port: number): readonly (readonly [why: string, url: string])[] {
  const host = 'wrong-url.example'
  const schemes = [
    'http',
    'HTTP',
    'ftp',
    'ftps',
    'ws',
    'wss',
    'gopher',
    'dict',
    'ldap',
    'file',
    'jar',
  ]
  const opaque = [
    'data:application/json,{}',
    'javascript:0',
    'blob:https://x.example/1',
    'about:blank',
  ]
  return [
    ...schemes.map((scheme) => ['scheme', `${scheme}://${host}:${port}/x`] as const),
    ...opaque.map((url) => ['scheme', url] as const),
    ...['did:web:x.example', 'urn:uuid:0', 'mailto:a@x.example'].map((u) => ['scheme', u] as const),
    ...['file:///etc/passwd', 'https:/x', 'https:x', '//x.example/'].map(
      (u) => ['form', u] as const,
    ),
    ...['', ' ', 'x', '/x', 'https://', 'https:///x', 'https://?x', 'https://#'].map(
      (url) => ['form', url] as const,
    ),
    ['user', `https://user@${host}:${port}/`],
    ['user and password', `https://user:secret@${host}:${port}/`],
    ['no user, only the sign', `https://@${host}:${port}/`],
    ['host as user', `https://issuer.example@127.0.0.1:${port}/`],
    ['host as password', `https://issuer.example:443@127.0.0.1:${port}/`],
    ['two at signs', `https://a@b@${host}:${port}/`],
    ['backslashes', `https:\\\\${host}:${port}\\x`],
    ['backslash before at', `https://issuer.example\\@${host}:${port}/`],
    ['space in front', ` https://${host}:${port}/`],
    ['space behind', `https://${host}:${port}/ `],
    ['line break', `https://${host}:${port}/\r\nHost: 127.0.0.1`],
    ['tab in the scheme', `ht\ttps://${host}:${port}/`],
    ['signs beyond ASCII', `https://${host}:${port}/\u00e9`],
    ['zero byte', `https://${host}:${port}/\u0000`],
    ['too long', `https://${host}:${port}/${'x'.repeat(2048)}`],
    ...[0, 22, 25, 80, 6379, 65536, 99999].map((n) => ['port', `https://${host}:${n}/`] as const),
    ...['+443', '-1', '0x1bb', '4 43'].map((n) => ['port', `https://${host}:${n}/`] as const),
    ['two ports', `https://${host}:443:${port}/`],
  ]
}

/**
 * Every hostile address, each with the fault that must be named.
 * @param port where a listener waits that must never be reached; a port that may be used
 */
export function hostileUrls(port: number): readonly HostileUrl[] {
  const urls = [
    ...hostileHosts().map(({ host, ...rest }) => ({ ...rest, url: `https://${host}:${port}/x` })),
    ...wrongUrls(port).map(([why, url]) => ({
      why,
      url,
      resolvesTo: LOOPBACK,
      isLookedUp: false,
      fault: 'url-not-allowed' as const,
    })),
  ]
  // Two ways of writing may arrive at the same text.
  return [...new Map(urls.map((one) => [`${one.url} ${one.resolvesTo}`, one])).values()]
}
