/** Foreign tools accept what we announce. */
import { Parser } from '@asyncapi/parser'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { asyncApi } from '../../server/contracts/asyncapi'
import { openApi } from '../../server/contracts/openapi'
import { schemaFile, schemaNames } from '../../server/contracts/schema-files'

const SITE = 'https://films.example'

it('an OpenAPI validator accepts /openapi.json', async () => {
  const { valid, errors } = await new Validator().validate(openApi(SITE, 'a-cookie'))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

it('every operation has a name of its own', () => {
  const names = Object.values(openApi(SITE, 'a-cookie').paths).flatMap(methods =>
    Object.values(methods).map(operation => (operation as { operationId: string }).operationId),
  )
  expect(names.length).toBeGreaterThan(100)
  expect(new Set(names).size).toBe(names.length)
})

it('an AsyncAPI parser accepts /asyncapi.json', async () => {
  const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi(SITE)))
  expect(diagnostics.filter(({ severity }) => severity < 2)).toEqual([])
  expect(
    document!
      .channels()
      .all()
      .map(channel => channel.id())
      .sort(),
  ).toEqual(['events', 'fediverse', 'graphql', 'live', 'webhook', 'websub'])
})

it.each(schemaNames())('%s is a JSON Schema', name => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false })
  addFormats.default(ajv)
  expect(() => ajv.compile(schemaFile(SITE, name)!)).not.toThrow()
})
