/** What /developers announces of /live is what /live sends; every kind of problem has an address of its own there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { frameOf } from '../../server/live/frame'
import { card } from '../../server/review/public-review'
import { anchorOf, PROBLEMS, type ProblemTitle } from '../../shared/problems'
import { PUBLIC_EVENTS } from '../../shared/types/notice'
import { sampleReview } from '../support/sample-review'

const page = readFileSync(join(import.meta.dirname, '../../content/pages/developers.md'), 'utf8')
const titles = Object.keys(PROBLEMS) as ProblemTitle[]

it('the names of the frames', () => {
  const sent = PUBLIC_EVENTS.map(
    type => /^event: (.+)$/m.exec(String(frameOf(1, type, card(sampleReview())).bytes))![1]!,
  )
  const announced = [...page.matchAll(/`((?:review|ratings)\.[a-z.]+)`/g)].map(([, name]) => name!)
  expect([...new Set(announced)].sort()).toEqual(sent.sort())
})

it('the anchors of the problems', () => {
  const anchors = titles.map(anchorOf)
  expect(new Set(anchors).size).toBe(titles.length)
  const linked = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor)
  expect(anchors).toEqual(expect.arrayContaining(linked))
  expect(linked.length).toBeGreaterThan(0)
})
