/** The result of a benchmark: `bench/NAME.bench.ts` exports `run(): Promise<Row[]>`, and importing it runs nothing. */
export interface Row {
  name: string
  value: number
  /** Of `value`: 'ms', '/s', 'MB' … */
  unit: string
  /** `value` as a multiple of the yardstick measured in the same run. */
  ratio?: number
  /** The target in words: '≤ 4 × one fsynced insert'. */
  target?: string
  /** Whether the target is met. */
  ok?: boolean
}

/** Adds a target to a row: at most `most`, in the row's unit. */
export const within = (most: number, row: Row): Row => ({
  ...row,
  target: `≤ ${most.toLocaleString('en')} ${row.unit}`,
  ok: row.value <= most,
})

/** The percentile: the value that `share` (0 to 1) of the samples stay below. */
export function quantile(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds that one awaited call takes. */
export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Milliseconds of this thread's CPU time that a call takes, which is more accurate on a busy machine. */
export async function computed(run: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
