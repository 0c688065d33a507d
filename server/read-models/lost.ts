/** A read model whose table or checkpoint is gone, although this process had brought it further. */
export class ReadModelLost extends Error {
  override readonly name = 'ReadModelLost'
  constructor(readonly model: string) {
    super(`the read model ${model} is gone from its file`)
  }
}
