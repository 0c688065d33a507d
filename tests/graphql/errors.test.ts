/** What clients see of an error. */
import { GraphQLError } from 'graphql'
import { expect, it, vi } from 'vitest'
import { recordedProblem } from '../../server/error-handler'
import { maskWith } from '../../server/graphql/errors'
import { Problem } from '../../server/http/problem'

const mask = maskWith(error => recordedProblem(error, 'POST /graphql'))
const thrown = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['review'], originalError })

it('a mistake of ours says nothing of itself, and is logged under the id that they see', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const secret = new TypeError('SELECT secret FROM readers')
  for (const error of [secret, thrown(secret)]) {
    const shown = JSON.stringify(mask(error))
    expect(shown).not.toMatch(/secret|TypeError|at /)
    const { id } = (mask(error) as GraphQLError).extensions as { id: string }
    expect(log.mock.lastCall![0]).toContain(`[${id}] POST /graphql TypeError: SELECT secret`)
  }
  log.mockRestore()
})

it('a problem keeps its words, where it is, and its members', () => {
  const problem = new Problem(410, 'This review was withdrawn', 'The wrong cut.', undefined, {
    members: { withdrawn: true },
  })
  expect(JSON.parse(JSON.stringify(mask(thrown(problem))))).toEqual({
    message: 'The wrong cut.',
    path: ['review'],
    extensions: {
      code: 'GONE',
      title: 'This review was withdrawn',
      status: 410,
      type: '/developers#this-review-was-withdrawn',
      withdrawn: true,
    },
  })
})

it('an error about the query stays as it is', () => {
  const error = new GraphQLError('Syntax Error: Unexpected <EOF>.')
  expect(mask(error)).toBe(error)
})
