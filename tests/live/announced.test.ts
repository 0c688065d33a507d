/** /developers documents exactly what /live sends, and has an anchor for every kind of problem. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { frameOf, LIVE_EVENTS } from '../../server/live/frame'
import { card } from '../../server/review/public-review'
import { anchorOf, PROBLEMS, type ProblemTitle } from '../../shared/problems'
import { sampleReview } from '../support/sample-review'

const page = readFileSync(join(import.meta.dirname, '../../content/pages/developers.md'), 'utf8')
const titles = Object.keys(PROBLEMS) as ProblemTitle[]

it('documents the names of the frames', () => {
  const sent = LIVE_EVENTS.map(
    type => /^event: (.+)$/m.exec(String(frameOf(1, type, card(sampleReview())).bytes))![1]!,
  )
  const announced = [...page.matchAll(/`((?:review|ratings)\.[a-z.]+)`/g)].map(([, name]) => name!)
  expect([...new Set(announced)].sort()).toEqual(sent.sort())
})

it('has an anchor for each problem', () => {
  const anchors = titles.map(anchorOf)
  expect(new Set(anchors).size).toBe(titles.length)
  const linked = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor)
  expect(anchors).toEqual(expect.arrayContaining(linked))
  expect(linked.length).toBeGreaterThan(0)
})
