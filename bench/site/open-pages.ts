/** Many open pages, as the measuring process controls them. */
import { startFarProcess } from '../../tests/support/far-process'
import { quantile } from '../row'

/** Milliseconds from the start until 99 % of the pages, and the last one, had the news. */
export interface Reached {
  p99: number
  last: number
  bytes: number
}
/** Sends the news and returns its start time, on the clock of `now`. */
export type Send = () => Promise<number>

export const now = () => Number(process.hrtime.bigint()) / 1e6

export async function openPages(port: number, count: number, path: string) {
  const { call, close } = await startFarProcess('../../bench/site/pages', {})
  await call('open', [port, count, path])
  return {
    close,
    /** Sends the news several times in a row and returns the median. */
    async measure(times: number, send: Send): Promise<Reached> {
      const p99: number[] = []
      const last: number[] = []
      let length = 0
      for (let n = 0; n < times; n++) {
        await call('expectNews', [])
        const start = await send()
        const { arrived, bytes } = (await call('news', [])) as { arrived: number[]; bytes: number }
        p99.push(quantile(arrived, 0.99) - start)
        last.push(arrived.at(-1)! - start)
        length = bytes
      }
      return { p99: quantile(p99, 0.5), last: quantile(last, 0.5), bytes: length }
    },
  }
}
