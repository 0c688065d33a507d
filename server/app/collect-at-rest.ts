/** Gives memory back after a burst: V8 keeps a heap as large as it once was until much more is allocated, which a server at rest never does. */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const SAMPLE_MS = 250
/** In a row: a pause of 100 ms and more must not fall between two requests of a visit. */
const CALM_SAMPLES = 4
/** The share of the time in which the event loop works; one without visitors is below 1 %. */
const CALM = 0.05
const WORTHWHILE_BYTES = 32_000_000
/** Twenty seconds: a site with a visitor now and then must not pause for each of them. */
const SAMPLES_BETWEEN = 80
/** What only a burst leaves is not kept for so long. */
const BURST_BYTES = 96_000_000

export interface Process {
  /** From 0 to 1, since the last call. */
  utilization: () => number
  /** In bytes, garbage included. */
  heapSize: () => number
  collect: () => void
}

/** Returns what to call with each sample; it collects once the process is calm and its heap has grown since the last time. */
export function createCollector({ utilization, heapSize, collect }: Process): () => void {
  let calm = 0
  let kept = 0
  let sinceLast = SAMPLES_BETWEEN
  return () => {
    sinceLast++
    calm = utilization() < CALM ? calm + 1 : 0
    if (calm < CALM_SAMPLES) return
    const grown = heapSize() - kept
    if (grown < (sinceLast < SAMPLES_BETWEEN ? BURST_BYTES : WORTHWHILE_BYTES)) return
    collect()
    kept = heapSize()
    sinceLast = 0
  }
}

/** Runs for as long as the process does. */
export function collectAtRest(): void {
  setInterval(createCollector(thisProcess()), SAMPLE_MS).unref()
}

function thisProcess(): Process {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as NodeJS.GCFunction
  let last = performance.eventLoopUtilization()
  return {
    utilization() {
      const before = last
      last = performance.eventLoopUtilization()
      return performance.eventLoopUtilization(last, before).utilization
    },
    heapSize: () => process.memoryUsage().heapTotal,
    // Any other flavor collects, but leaves the heap as large as it was.
    collect: () => void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
  }
}
