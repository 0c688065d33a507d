/**
 * What an operation may cost: the objects that its answer may hold, and what it takes to find them.
 * A field that is more work than others, always or with some arguments, or a list that is longer,
 * says so in the schema (`extensions: { cost, costWith, length }`).
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  getOperationAST,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql'
import { pageSizeOf, type Variables } from './page-size'

export interface Operation {
  schema: GraphQLSchema
  document: DocumentNode
  operationName?: string | null
  variableValues?: Variables | null
}

const MOST = 5000
/** Of a subscription, for each event, because many may hear of it at the same time. */
const MOST_OF_EVENT = 500
/** Of a list that is no page of a connection. */
const USUAL_LENGTH = 5

/** Throws a GraphQLError that says how much is too much. */
export function requireAffordable(operation: Operation): void {
  const type = getOperationAST(operation.document, operation.operationName)?.operation
  const most = type === OperationTypeNode.SUBSCRIPTION ? MOST_OF_EVENT : MOST
  const cost = costOf(operation)
  if (cost > most)
    throw new GraphQLError(
      `The ${type} may cost at most ${most} points; it costs ${cost}. Ask for shorter pages, or for fewer lists within lists.`,
      { extensions: { code: 'GRAPHQL_LIMIT_EXCEEDED' } },
    )
}

/** The document is valid, so every field and type that it names is there. */
export function costOf({ schema, document, operationName, variableValues }: Operation): number {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!root) return 0
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
  const known = new Map<string, number>()
  return Math.ceil(ofSelection(operation.selectionSet, root))

  /** `page`: how many entries the page has whose connection this is. */
  function ofSelection(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    page = USUAL_LENGTH,
  ): number {
    let cost = 0
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += ofField(selection, type, page)
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        cost += ofSelection(selection.selectionSet, type, page)
      else cost += ofFragment(selection.name.value, type, page)
    }
    return cost
  }

  function ofFragment(name: string, type: GraphQLObjectType, page: number): number {
    const key = `${name} ${page}`
    const cost = known.get(key) ?? ofSelection(fragments.get(name)!.selectionSet, type, page)
    known.set(key, cost)
    return cost
  }

  function ofField(node: FieldNode, parent: GraphQLObjectType, page: number): number {
    const field = fieldOf(parent, node.name.value)
    const type = field && getNamedType(field.type)
    if (!field || !type) return 0
    const own = ownCost(field, node, isObjectType(type) ? 1 : 0)
    if (!node.selectionSet || !isObjectType(type)) return own
    const size = isConnection(field) ? pageSizeOf(node, operation!, variableValues) : undefined
    const each = own + ofSelection(node.selectionSet, type, size)
    const length = Number(field.extensions.length ?? page)
    return isListType(getNullableType(field.type)) ? length * each : each
  }
}

/** What it takes to find it: more with some arguments. */
function ownCost(
  { extensions }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  usual: number,
): number {
  const dear = (extensions.costWith ?? {}) as Record<string, number>
  const more = given.map(({ name }) => dear[name.value] ?? 0)
  return more.reduce((sum, points) => sum + points, Number(extensions.cost ?? usual))
}

const isConnection = ({ args }: GraphQLField<unknown, unknown>) =>
  args.some(({ name }) => name === 'first')

function fieldOf(
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  return type.getFields()[name]
}
