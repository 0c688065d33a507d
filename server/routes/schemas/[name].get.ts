/** GET /schemas/:name: the JSON Schema that a notice names in `dataschema`. */
import { defineEventHandler, getRouterParam } from 'h3'
import { settings } from '../../config/settings'
import { answerDocument } from '../../contracts/answer-document'
import { schemaFile } from '../../contracts/schema-files'
import { problem } from '../../http/problem'

export default defineEventHandler(event => {
  const name = getRouterParam(event, 'name') ?? ''
  const make = () =>
    schemaFile(settings().siteUrl, name) ?? problem(404, 'No such schema', `${name} is not one.`)
  return answerDocument(event, make, 'application/schema+json')
})
