/** A tag is recognised weakly, in lists, and with what proxies append to it. */
import { expect, it } from 'vitest'
import { knownTag, tagOf } from '../../../server/http/answer/tags'

const STEM = '00ff00ff'

it('differs by coding', () => {
  const tags = (['br', 'gzip', 'identity'] as const).map(coding => tagOf(STEM, coding))
  expect(new Set(tags).size).toBe(3)
})

it.each([
  '"00ff00ff"',
  'W/"00ff00ff"',
  '"other", "00ff00ff"',
  '"other",W/"00ff00ff" , "third"',
  '"a, b", "00ff00ff"',
  '"00ff00ff-gzip"',
  'W/"00ff00ff-gzip"',
  '"00ff00ff;br"',
  '"00ff00ff;gzip"',
  '"00ff00ff--gzip"',
  '"00ff00ff-br"',
  '"00ff00ff-df"',
  '"00ff00ff:zstd"',
  '"00ff00ff.br"',
  '"00ff00ff.gzip-gzip"',
  '*',
  ' * ',
])('%s is known', header => expect(knownTag(header, STEM, `"${STEM}"`)).toBeDefined())

it.each([
  '',
  '"other"',
  '00ff00ff',
  '"00ff00ff-other"',
  '"x00ff00ff"',
  '"*"',
  '"00ff00ff',
  '"-gzip"',
])('%s is not', header => expect(knownTag(header, STEM, `"${STEM}"`)).toBeUndefined())

it('names the tag that the client has, and the exact one if it has several', () => {
  const tag = tagOf(STEM, 'br')
  expect(knownTag(`"${STEM}-gzip", ${tag}`, STEM, tag)).toBe(tag)
  expect(knownTag(`"x", W/"${STEM}-gzip"`, STEM, tag)).toBe(`W/"${STEM}-gzip"`)
  expect(knownTag('*', STEM, tag)).toBe(tag)
})
