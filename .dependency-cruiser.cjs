/** The walls. Each room of server/ has one row: what it may import. tests/walls/ enforces them, docs/rooms.md says what each room is for. */

/**
 * From the ground up: a row names only rooms above it in this list, so data flows one way and there are no circles between rooms.
 * Every room may import packages and shared/, which is the published language.
 */
const ROOMS = {
  kit: [],
  config: [],
  review: [],
  http: ['config', 'kit'],
  db: ['config', 'kit'],
  outbound: ['config', 'kit'],
  log: ['config', 'kit', 'db', 'review'],
  access: ['config', 'kit', 'http', 'db'],
  sources: [],
  live: ['config', 'review', 'log'],
  'read-models': ['kit', 'db', 'log'],
  projections: ['review', 'log', 'read-models'],
  'delivery/contract': ['config', 'db', 'log'],
  'delivery/ledger': ['db', 'log', 'delivery/contract'],
  'delivery/planning': [
    'config', // the site's address, for the one reader of subjects that a process has
    'db',
    'review',
    'log',
    'delivery/contract',
    'delivery/ledger',
  ],
  'delivery/sending': [
    'config', // the key that seals renewed credentials
    'kit',
    'db',
    'outbound',
    'log',
    'delivery/contract',
    'delivery/ledger',
    'delivery/planning',
  ],
  queries: ['config', 'http', 'db', 'review', 'read-models', 'projections'],
  notices: ['config', 'http', 'review', 'log', 'queries'],
  media: ['config', 'kit', 'http', 'db', 'queries'],
  feeds: ['config', 'http', 'queries'],
  graphql: ['config', 'kit', 'http', 'log', 'review', 'notices', 'read-models', 'queries'],
  'channels/mail': ['config', 'kit', 'db', 'outbound', 'delivery/contract', 'delivery/sending'],
  'channels/push': ['config', 'kit', 'outbound', 'delivery/contract'],
  'channels/webhooks': [
    'config',
    'http',
    'db',
    'outbound',
    'log',
    'notices', // the same notices, wanted by the same rule, as in a batch or a stream
    'queries',
    'delivery/contract',
  ],
  'channels/websub': [
    'config',
    'kit',
    'http',
    'db',
    'outbound',
    'log',
    'notices', // a feed is wanted by the same rule as every other way to listen
    'read-models', // what it distributes must show the event
    'queries',
    'feeds',
    'delivery/contract',
  ],
  'channels/activitypub': [
    'config',
    'kit',
    'http',
    'db',
    'outbound',
    'log',
    'access', // an actor says about themselves what their page says
    'read-models', // what it passes on is fetched at once, so that pages must show it
    'queries',
    'feeds',
    'delivery/contract',
  ],
  'reactor-kit': ['outbound', 'media', 'delivery/contract'],
  readers: ['config', 'kit', 'http', 'db', 'log', 'queries', 'delivery/contract', 'channels/mail'],
  operations: ['config', 'kit', 'db', 'log', 'read-models', 'delivery', 'channels'],
  contracts: [
    'config',
    'http',
    'access',
    'notices',
    'live',
    'queries',
    'channels/webhooks',
    'readers',
  ],
  reactors: ['outbound', 'delivery/contract', 'channels', 'reactor-kit', 'readers'],
  imports: ['config', 'kit', 'http', 'db', 'review', 'log', 'readers'],
  desk: [
    'config',
    'kit',
    'http',
    'db',
    'review',
    'log',
    'access',
    'live',
    'read-models',
    'delivery/contract',
    'delivery/ledger',
    'queries',
    'media',
    'operations',
  ],
  // The only room, with the plugins, that sees every reactor and projection by their lists.
  app: ['config', 'db', 'log', 'read-models', 'delivery'],
}

/** At the top: they may import every room, and nothing imports them. */
const DOORS = ['api', 'routes', 'middleware', 'plugins', 'cli']

/** Only the named reactors may import what lies at `path`. */
const only = (name, reactors, path) => ({
  name,
  severity: 'error',
  from: { path: '^server/reactors/', pathNot: `^server/reactors/(${reactors})(\\.ts$|/)` },
  to: { path },
})

const wall = ([room, may]) => ({
  name: `${room} sees ${may.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^server/${room}/` },
  to: {
    path: '^(server|pages|components|composables|layouts|middleware|utils|browser|modules)/',
    pathNot: [room, ...may].map(name => `^server/${name}/`),
  },
})

module.exports = {
  ROOMS,
  DOORS,
  forbidden: [
    ...Object.entries(ROOMS).map(wall),
    {
      name: 'nobody imports a door',
      severity: 'error',
      from: { path: '^(server|shared|modules)/', pathNot: '^server/cli/' },
      to: { path: `^server/(${DOORS.join('|')}|tasks)/` },
    },
    {
      name: 'reactors never see each other',
      severity: 'error',
      from: { path: '^server/reactors/([^/.]+)' },
      to: { path: '^server/reactors/', pathNot: '^server/reactors/$1' },
    },
    only(
      'only push and email know readers',
      'push|email',
      '^server/(readers|channels/(push|mail))/',
    ),
    only('only webhooks knows who is called', 'webhooks', '^server/channels/webhooks/'),
    only('only websub knows who subscribed to feeds', 'websub', '^server/channels/websub/'),
    only('only activitypub knows who follows', 'activitypub', '^server/channels/activitypub/'),
    {
      name: 'reactors and projections are listed, never imported by name',
      severity: 'error',
      from: { pathNot: '^server/(reactors|projections)/' },
      to: { path: '^server/(reactors|projections)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the folders of the desk never see the files above them',
      severity: 'error',
      from: { path: '^server/desk/[^/]+/' },
      to: { path: '^server/desk/[^/]+\\.ts$' },
    },
    {
      name: 'shared knows no server and no pages',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(server|pages|components|composables|layouts|middleware|utils|browser)/' },
    },
    {
      name: 'pages know no server',
      severity: 'error',
      from: {
        path: '^(pages|components|composables|layouts|middleware|utils|browser)/|^(app|error)\\.vue$',
      },
      to: { path: ['^server/', '^~/server/', '^~~/server/', '^@/server/', '^@@/server/'] },
    },
    {
      name: 'SQLite is opened in its own rooms',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(log|db|projections)/' },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: '.nuxt/tsconfig.server.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|\\.nuxt|\\.output)/' },
  },
}
