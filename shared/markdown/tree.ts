/** Everything that the text of a review may consist of: the parser makes this tree, and a component draws it. */
export type Inline =
  | { t: 'text'; v: string }
  | { t: 'em' | 'strong' | 'del'; c: Inline[] }
  | { t: 'code'; v: string }
  | { t: 'br' }
  | { t: 'link'; href: string; title?: string; c: Inline[] }

export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'h'; level: 2 | 3 | 4; c: Inline[] }
  | { t: 'quote'; c: Block[] }
  | { t: 'list'; ordered: boolean; start?: number; items: { checked?: boolean; c: Block[] }[] }
  | { t: 'pre'; lang?: string; v: string }
  | { t: 'rule' }
  | {
      t: 'table'
      align: ('left' | 'center' | 'right' | null)[]
      head: Inline[][]
      rows: Inline[][][]
    }
