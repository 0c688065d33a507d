/** No route of the API is without a rule that says who may call it; the rules are tried in tests/e2e/who-may.spec.ts. */
import { expect, it } from 'vitest'
import { routes, WHO_MAY } from '../support/who-may'

it('every route has a row in tests/support/who-may.ts, and every row a route', () => {
  expect(Object.keys(WHO_MAY).sort()).toEqual(routes().sort())
})
