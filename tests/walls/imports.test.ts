/** Imports point one way: a written rule is forgotten, a test is not. */
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './files'
import { forbidden, options } from './rooms'

const CRUISED = [
  'server',
  'shared',
  'pages',
  'components',
  'composables',
  'layouts',
  'middleware',
  'utils',
  'browser',
  'modules',
  'app.vue',
  'error.vue',
]

describe('imports point one way', () => {
  let result: ICruiseResult
  beforeAll(async () => {
    const rules = {
      ...options,
      ruleSet: { forbidden, options },
      validate: true,
      baseDir: root,
    }
    result = (await cruise(CRUISED, rules)).output as ICruiseResult
  }, 60_000)

  it('cruises the whole app', () => {
    expect(result.summary.totalCruised).toBeGreaterThan(40)
    expect(
      result.modules
        .find(module => module.source === 'server/delivery/sending/plan-loop.ts')
        ?.dependencies.map(seen => seen.resolved),
    ).toContain('server/log/event-log.ts')
  })

  it.each(forbidden.map(rule => rule.name))('%s', name => {
    const breaches = result.summary.violations.filter(violation => violation.rule.name === name)
    expect(breaches.map(breach => `${breach.from} → ${breach.to}`)).toEqual([])
  })
})
