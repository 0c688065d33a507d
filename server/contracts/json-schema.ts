/** Turns our zod schemas into JSON Schema (draft 2020-12), which OpenAPI 3.1 and AsyncAPI 3.0 read too. */
import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/** `sent`: what a client may send, before defaults. `answered`: what it gets, where fields may be added later. */
export type Direction = 'sent' | 'answered'

/** Named schemas are in its `$defs`. */
export function jsonSchemaOf(schema: z.ZodType, direction: Direction): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: direction === 'sent' ? 'input' : 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (direction === 'sent') Object.assign(jsonSchema, entriesOf(zodSchema))
      if (direction === 'answered' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  })
  return made
}

/** A list that is counted before its entries are looked at says here what these must be. */
function entriesOf(schema: z.core.$ZodType): object {
  const { def } = (schema as z.core.$ZodPipe)._zod
  const isCounted =
    def.type === 'pipe' &&
    def.in instanceof z.ZodArray &&
    def.in.element instanceof z.ZodUnknown &&
    def.out instanceof z.ZodArray
  return isCounted
    ? { items: jsonSchemaOf((def.out as z.ZodArray).element as z.ZodType, 'sent') }
    : {}
}

/** Collects named schemas in one place of a document, such as "#/components/schemas/". */
export class SharedSchemas {
  readonly all: Record<string, JsonSchema> = {}

  constructor(private place: string) {}

  /** The schema with its named parts moved to the shared place. */
  add(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs = {}, ...rest } = jsonSchemaOf(schema, direction)
    for (const [name, part] of Object.entries($defs as Record<string, JsonSchema>))
      this.all[name] ??= this.#moved(part)
    const name = z.globalRegistry.get(schema)?.id
    if (!name) return this.#moved(rest)
    const { id: _, ...named } = this.#moved(rest)
    if (!('$ref' in named)) this.all[name] ??= named
    return { $ref: this.place + name }
  }

  #moved(schema: JsonSchema): JsonSchema {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${this.place}`))
  }
}
