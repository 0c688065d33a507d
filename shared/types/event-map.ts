/** Which fact reaches whom; `reach` has one entry for each column. */
export type Reach = 'told' | 'told quietly' | 'nothing'
export interface EventMap {
  columns: string[]
  rows: { type: string; reach: Reach[] }[]
}
