/** What a benchmark answers: `bench/NAME.bench.ts` exports `run(): Promise<Row[]>` and nothing runs on import. */
export interface Row {
  name: string
  value: number
  /** Of `value`: 'ms', '/s', 'MB' … */
  unit: string
  /** `value` as a multiple of the yardstick measured in the same run. */
  ratio?: number
  /** What it should be, as words: '≤ 4 × one fsynced insert'. */
  target?: string
  /** Whether it is. */
  ok?: boolean
}

/** A row that must stay within `most`, in the row's unit. */
export const within = (most: number, row: Row): Row => ({
  ...row,
  target: `≤ ${most.toLocaleString('en')} ${row.unit}`,
  ok: row.value <= most,
})

/** The value below which `share` (0 to 1) of the samples lie. */
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

/** Milliseconds of this thread's processor that a call takes: on a busy machine the truer figure. */
export async function computed(run: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
