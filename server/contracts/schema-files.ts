/** The JSON Schemas at /schemas/NAME, one for each public event, its version and shape. */
import { z } from 'zod'
import { dataSchemaName } from '../../shared/notice'
import {
  noticeDataSchemas,
  noticeSchema,
  testDataSchema,
} from '../../shared/schemas/answers/notice'
import { SHAPES } from '../../shared/schemas/subscription'
import { NOTICE_TYPE, PUBLIC_EVENTS, TEST_NOTICE_TYPE } from '../../shared/types/notice'
import { type JsonSchema, jsonSchemaOf } from './json-schema'

const files = (): Record<string, z.ZodType> => ({
  ...Object.fromEntries(
    PUBLIC_EVENTS.flatMap(event => {
      const type = NOTICE_TYPE[event]
      const shapes = noticeDataSchemas(event)
      const whole = z.union(SHAPES.map(shape => shapes[shape]))
      return [
        [dataSchemaName(type), whole],
        [dataSchemaName(type, 'notice'), noticeSchema(event, whole)],
        ...SHAPES.map(shape => [dataSchemaName(type, shape), shapes[shape]]),
      ] as [string, z.ZodType][]
    }),
  ),
  [dataSchemaName(TEST_NOTICE_TYPE)]: testDataSchema,
})

/** "review.published.v1.thin.json" and all others. */
export const schemaNames = (): string[] => Object.keys(files())

/** Undefined for a name that is not ours. */
export function schemaFile(siteUrl: string, name: string): JsonSchema | undefined {
  const all = files()
  if (!Object.hasOwn(all, name)) return undefined
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${siteUrl}/schemas/${name}`,
    ...jsonSchemaOf(all[name]!, 'answered'),
  }
}
