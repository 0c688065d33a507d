/** A server at rest gives memory back, and one with visitors is left alone. */
import { expect, it } from 'vitest'
import { createCollector } from '../../server/app/collect-at-rest'

const MB = 1_000_000
const BUSY = 0.9
const CALM = 0.01

/** Plays samples of how busy the process was, and counts the collections; each leaves 40 MB. */
function play() {
  const server = { heap: 60 * MB, collections: 0 }
  let now = 0
  const sample = createCollector({
    utilization: () => now,
    heapSize: () => server.heap,
    collect: () => {
      server.collections++
      server.heap = 40 * MB
    },
  })
  return {
    server,
    during(utilization: number, samples: number) {
      now = utilization
      for (let n = 0; n < samples; n++) sample()
      return server.collections
    },
  }
}

it('collects once the start is over, and not again while nothing happens', () => {
  const { during } = play()
  expect(during(BUSY, 50)).toBe(0)
  expect(during(CALM, 3)).toBe(0)
  expect(during(CALM, 1)).toBe(1)
  expect(during(CALM, 500)).toBe(1)
})

it('collects after each burst, never during one', () => {
  const { server, during } = play()
  during(CALM, 4)
  server.heap = 240 * MB
  expect(during(BUSY, 100)).toBe(1)
  expect(during(CALM, 4)).toBe(2)
  server.heap = 120 * MB
  expect(during(CALM, 79)).toBe(2)
  expect(during(CALM, 1)).toBe(3)
})

it('leaves a heap alone that has hardly grown', () => {
  const { server, during } = play()
  during(CALM, 4)
  server.heap = 70 * MB
  expect(during(CALM, 100)).toBe(1)
})

it('begins anew when a request comes between', () => {
  const { during } = play()
  during(CALM, 3)
  during(BUSY, 1)
  expect(during(CALM, 3)).toBe(0)
})
