/** The thread that parses Markdown may hang or die; the next text is still parsed. */
import { describe, expect, it, vi } from 'vitest'
import { parseBody, parserOn } from '../../../server/media/markdown/parse'
import { exhausting } from '../../shared/markdown/hostile'

/**
 * A thread that hangs on "hang", dies on "die", and otherwise answers with the number of texts it
 * has read.
 */
const stub = (script: string) =>
  `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; let read = 0; parentPort.on('message', text => { ${script} })`)}`
const moody = stub(
  `if (text === 'hang') for (;;); if (text === 'die') throw new Error('dead'); parentPort.postMessage({ tree: ++read })`,
)

describe('a body', () => {
  it('is parsed on another thread', async () => {
    expect(await parseBody('A *fine* film.')).toEqual([
      {
        t: 'p',
        c: [
          { t: 'text', v: 'A ' },
          { t: 'em', c: [{ t: 'text', v: 'fine' }] },
          { t: 'text', v: ' film.' },
        ],
      },
    ])
  })

  it('may be one of many at once', async () => {
    const trees = await Promise.all(Array.from({ length: 50 }, (_, i) => parseBody(String(i))))
    expect(trees.map(([block]) => block)).toEqual(
      trees.map((_, i) => ({ t: 'p', c: [{ t: 'text', v: String(i) }] })),
    )
  })

  it.each(Object.entries(exhausting))('of %s is refused with its field', async (_, markdown) => {
    await expect(parseBody(markdown)).rejects.toMatchObject({
      statusCode: 422,
      errors: [{ path: 'body', message: expect.stringMatching(/^(?:is nested|has|must be)/) }],
    })
  })

  it.each(['hang', 'die'])(
    'that makes the thread %s is refused, and the next one is parsed',
    async mood => {
      const complained = vi.spyOn(console, 'error').mockImplementation(() => {})
      const parse = parserOn(moody, { patience: 500, rest: 60_000 })
      const bad = parse(mood)
      const next = parse('next')
      await expect(bad).rejects.toMatchObject({
        statusCode: 422,
        errors: [{ path: 'body', message: 'takes too long to read' }],
      })
      expect(await next).toBe(1)
      complained.mockRestore()
    },
  )

  it('keeps its thread while texts come and stops it afterwards', async () => {
    const parse = parserOn(moody, { patience: 5000, rest: 200 })
    expect([await parse('a'), await parse('b')]).toEqual([1, 2])
    await vi.waitFor(async () => {
      await new Promise(resolve => setTimeout(resolve, 250))
      expect(await parse('c')).toBe(1)
    }, 5000)
  })
})
