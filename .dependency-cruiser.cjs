/** Imports point one way: review → log → projections → reactors → delivery, doors on top. tests/walls.test.ts holds it. */
const none = '(?!)'

/** A room may see these paths and nothing else of ours; packages and Node are not meant. */
const room = (name, path, may, except = none) => ({
  name,
  severity: 'error',
  from: { path, pathNot: except },
  to: {
    path: '^(server|shared|pages|components|composables|layouts|modules)/',
    pathNot: [path, '^shared/', ...may],
  },
})

module.exports = {
  forbidden: [
    room('review decides alone', '^server/review/', [], '^server/review/handle\\.ts$'),
    room(
      'review/handle sees the contract of the log and nothing more',
      '^server/review/handle\\.ts$',
      ['^server/review/', '^server/log/event-log\\.ts$'],
    ),
    room('log sees review', '^server/log/', [
      '^server/review/',
      '^server/db/',
      '^server/settings\\.ts$',
    ]),
    room('projections see review and the shape of events', '^server/projections/', [
      '^server/review/',
      '^server/log/event-log\\.ts$',
      '^server/delivery/define-projection\\.ts$',
    ]),
    room('reactors see how to be one, and the way out', '^server/reactors/', [
      '^server/delivery/(define-reactor|far-answer|outbound|own-settings|pictures|tell-operators)\\.ts$',
      '^server/delivery/(push|mail)/',
      '^server/readers/audience\\.ts$',
      '^server/webhooks/',
    ]),
    {
      name: 'reactors never see each other',
      severity: 'error',
      from: { path: '^server/reactors/([^/]+)' },
      to: { path: '^server/reactors/', pathNot: '^server/reactors/$1' },
    },
    {
      name: 'only push and email know readers',
      severity: 'error',
      from: { path: '^server/reactors/', pathNot: '^server/reactors/(push|email)\\.ts$' },
      to: { path: '^server/(readers|delivery/(push|mail))/' },
    },
    {
      name: 'only webhooks knows who is called',
      severity: 'error',
      from: { path: '^server/reactors/', pathNot: '^server/reactors/webhooks\\.ts$' },
      to: { path: '^server/webhooks/' },
    },
    {
      name: 'parts are not known by name',
      severity: 'error',
      from: { pathNot: '^server/(reactors|projections)/' },
      to: { path: '^server/(reactors|projections)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody imports a door, a wire or a clock',
      severity: 'error',
      from: {},
      to: { path: '^server/(api|routes|middleware|plugins|tasks)/' },
    },
    {
      name: 'the published language knows no server',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(server|pages|components|composables|layouts)/' },
    },
    {
      name: 'pages know no server',
      severity: 'error',
      from: { path: '^(pages|components|composables|layouts)/|^(app|error)\\.vue$' },
      to: { path: ['^server/', '^~/server/', '^~~/server/', '^@/server/', '^@@/server/'] },
    },
    {
      name: 'the server knows no pages',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(pages|components|composables|layouts)/' },
    },
    {
      name: 'SQLite is opened in its own rooms',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(log|db|projections)/|^server/delivery/ledger' },
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
