/** How many entries a page of a connection may have, as its arguments say. */
import { type FieldNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql'

export type Variables = Readonly<Record<string, unknown>>

/** Of a connection whose size is not given. */
const USUAL = 20
const MOST = 100
const SIZES = ['first', 'last']

/** A size that is no number from 1 to 100 is refused when the field is resolved, and counts as the most. */
export function pageSizeOf(
  { arguments: given = [] }: FieldNode,
  operation: OperationDefinitionNode,
  variables: Variables | null | undefined,
): number {
  const sizes = given
    .filter(({ name }) => SIZES.includes(name.value))
    .map(({ value }) => valueOf(value, operation, variables))
    .filter(size => size !== undefined)
  return sizes.length ? Math.max(...sizes) : USUAL
}

/** Undefined where none, or null, is given. */
function valueOf(
  value: ValueNode | undefined,
  operation: OperationDefinitionNode,
  variables: Variables | null | undefined,
): number | undefined {
  if (value === undefined || value.kind === Kind.NULL) return undefined
  if (value.kind === Kind.INT) return sizeOf(Number(value.value))
  if (value.kind !== Kind.VARIABLE) return MOST
  const name = value.name.value
  const sent = variables?.[name]
  if (sent !== undefined) return sent === null ? undefined : sizeOf(sent)
  const definition = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  )
  return valueOf(definition?.defaultValue, operation, variables)
}

const sizeOf = (size: unknown) =>
  typeof size === 'number' && size >= 0 && size <= MOST ? size : MOST
