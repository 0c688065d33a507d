/** Reads schemas out of an OpenAPI document, for validating what a server really answers. */
import type { Json } from './json'

/** The schema of an answer, with the document's shared schemas beside it. */
export function schemaOf(openApi: Json, route: string, status: number): Json {
  const [method, path] = route.split(' ') as [string, string]
  const operation = openApi.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()]
  const answer = operation.responses[status]
  if (!answer) throw new Error(`${route} does not announce ${status}`)
  const [content] = Object.values(answer.content as Record<string, Json>)
  return { ...content!.schema, components: openApi.components }
}

/** The same schema without room for fields that it does not name. */
export function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([key, at]) => [key, closed(at)]))
  const isOpen =
    inside.type === 'object' && inside.properties && !('additionalProperties' in inside)
  return isOpen ? { ...inside, additionalProperties: false } : inside
}
