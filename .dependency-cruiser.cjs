/** The layer rule: domain ← application ← adapters ← main, one way. */
const only = (layer, allowed) => ({
  name: `${layer}-knows-only-${allowed.join('-and-')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: allowed.map((name) => `^src/${name}/`) },
})

module.exports = {
  forbidden: [
    only('domain', ['domain']),
    only('application', ['application', 'domain']),
    only('config', ['config', 'domain']),
    {
      name: 'domain-imports-no-packages',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'application-imports-no-packages',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'adapters-know-neither-main-nor-config',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/(main|config)/' },
    },
    {
      name: 'adapters-do-not-know-their-siblings',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: '^src/adapters/http/' },
      to: { path: '^src/adapters/', pathNot: ['^src/adapters/$1/'] },
    },
    {
      name: 'http-knows-only-pages-and-images',
      severity: 'error',
      from: { path: '^src/adapters/http/' },
      to: { path: '^src/adapters/', pathNot: ['^src/adapters/(http|pages|images)/'] },
    },
    {
      name: 'only-outbound-opens-connections',
      severity: 'error',
      from: {
        path: '^src/',
        // These two know the server that listens; a test looks at what they take.
        pathNot: ['^src/adapters/outbound/', '^src/main/server\\.ts$', '^src/adapters/http/'],
      },
      to: { path: '^(node:)?(https?|http2|net|tls|dgram|dns|dns/promises|undici)$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/main/'] },
      to: {},
    },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
