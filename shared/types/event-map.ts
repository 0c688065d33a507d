/** Which event reaches which channel; `reach` has one entry for each column. */
export type Reach = 'notified' | 'updated quietly' | 'nothing'
export interface EventMap {
  columns: string[]
  rows: { type: string; reach: Reach[] }[]
}
